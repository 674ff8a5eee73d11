/** The console's sign: three lines, as in its icon. */
export function BrandMark() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M2.5 3.5h11M2.5 8h7M2.5 12.5h9" />
    </svg>
  );
}
