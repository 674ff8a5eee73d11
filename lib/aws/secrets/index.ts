export { openSecrets, type Secrets, type SecretWish } from "./open-secrets";
