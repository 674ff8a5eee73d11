/** From here on a broker has little left. Sources: AWS's best practices for MSK (CPU, disk); Kafka's own documentation (idle threads). */

/** Request handlers or network threads that are idle for less of their time. */
export const LITTLE_IDLE_SHARE = 0.3;
/** User and system time together. */
export const BUSY_CPU_SHARE = 0.6;
export const FULL_DISK_SHARE = 0.85;
