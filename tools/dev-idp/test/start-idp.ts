import { startDevIdp, type DevIdp, type DevIdpOptions } from '../src/index.ts';
import { loginMetadata } from '../src/login-clients.ts';

const clients = [
  loginMetadata({ name: 'site', url: 'http://localhost:3001', path: '/auth' }),
  loginMetadata({ name: 'phone', url: 'http://localhost:3002', path: '/oauth', offline: true }),
];

/** Starts the provider with clients of these tests in place of the workspace's BFFs. */
export const startIdp = (options: DevIdpOptions = {}): Promise<DevIdp> =>
  startDevIdp({ tokenFamilies: ['partner'], ...options, clients: [...clients, ...(options.clients ?? [])] });
