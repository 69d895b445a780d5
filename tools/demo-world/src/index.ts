export { freeWorld } from './free-world.ts';
export { loginToMobileBff, type MobileBffLogin } from './login-to-mobile-bff.ts';
export { loginToWebBff, type WebBffHeaders } from './login-to-web-bff.ts';
export { startProcess, type ProcessPlan, type RunningProcess } from './process.ts';
export { startWorld, type World } from './start-world.ts';
export {
  bffNames,
  bffPlan,
  servicePorts,
  worldPlans,
  worldPorts,
  type BffName,
  type WorldPorts,
} from './world.ts';
export { withDemoPage } from './with-demo-page.ts';
