/**
 * What a task gives, or, when that takes too long, what `late` gives or throws. The task itself goes on; its timer does not
 * outlive it.
 */
export function inTime<T, L>(task: Promise<T>, milliseconds: number, late: () => L): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    }, milliseconds);
    task.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
