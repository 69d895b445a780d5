/** What `Axios.request` calls when it has merged the config; it comes without types. */
declare module 'axios/unsafe/core/dispatchRequest.js' {
  import { type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';

  // eslint-disable-next-line no-restricted-syntax -- this is how the package exports it
  export default function dispatchRequest<D>(
    config: Pick<InternalAxiosRequestConfig<D>, 'data' | 'headers'> & {
      readonly adapter: (
        config: InternalAxiosRequestConfig<D>,
      ) => Promise<Pick<AxiosResponse, 'data' | 'headers'>>;
    },
  ): Promise<Pick<AxiosResponse, 'data'>>;
}
