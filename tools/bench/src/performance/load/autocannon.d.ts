/** Declares the part of autocannon that this tool uses, because the package has no type declarations. */
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
    /** Time-out of a request, in seconds. */
    readonly timeout: number;
    /** Period of the samples, in milliseconds. */
    readonly sampleInt: number;
    readonly requests: readonly { setupRequest(request: Request): Request }[];
  }
  interface Result {
    /** Duration of the run, in seconds. */
    readonly duration: number;
    readonly statusCodeStats: Readonly<Record<string, { readonly count: number }>>;
  }
  // eslint-disable-next-line no-restricted-syntax -- this is how the package exports it
  export default function autocannon(options: Options): Promise<Result>;
}
