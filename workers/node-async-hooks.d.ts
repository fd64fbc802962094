/** The part of Node's module that workerd has and we use; @types/node would bring all of Node's globals along. */
declare module 'node:async_hooks' {
  export class AsyncLocalStorage<T> {
    run<R>(store: T, work: () => R): R;
    getStore(): T | undefined;
  }
}
