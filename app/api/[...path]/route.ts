export { noSuchAddress as DELETE, noSuchAddress as GET, noSuchAddress as POST, noSuchAddress as PUT } from "@/lib/server/no-such-address";
