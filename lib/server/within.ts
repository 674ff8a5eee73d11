import { AppError } from "@/lib/domain/errors";

/** Rejects with AppError `unavailable` when the work takes longer; the work itself goes on and its end is not waited for. */
export async function within<T>(deadlineMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const message = `This took longer than ${deadlineMs / 1000} seconds. What was asked for may still be done: look before you ask again.`;
    timer = setTimeout(() => reject(new AppError("unavailable", message)), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
