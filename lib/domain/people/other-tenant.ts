/** Who a tenant is to somebody whose role is limited to others. Holds a space, so that it is nobody's id. */
export const OTHER_TENANT = "another tenant";
