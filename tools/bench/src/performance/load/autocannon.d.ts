/** The part of autocannon that is used here; it comes without types. */
declare module 'autocannon' {
  interface Request {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  }
  interface Options {
    readonly url: string;
    readonly connections: number;
    readonly amount: number;
    /** Seconds. */
    readonly timeout: number;
    readonly requests: readonly { setupRequest(request: Request): Request }[];
  }
  interface Result {
    /** Seconds. */
    readonly duration: number;
    readonly statusCodeStats: Readonly<Record<string, { readonly count: number }>>;
  }
  // eslint-disable-next-line no-restricted-syntax -- this is how the package exports it
  export default function autocannon(options: Options): Promise<Result>;
}
