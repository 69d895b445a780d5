export { addressOf, anyScreenOf, memberOf, type AnyScreen } from './any-screen.ts';
export { connectAgent, type AgentConnection, type ConnectedAgent } from './login/connect-agent.ts';
export { freeWorld } from './world/free-world.ts';
export { loginToMobileBff, tokensOfMobileBff, type MobileBffLogin } from './login/login-to-mobile-bff.ts';
export { loginToWebBff, type WebBffHeaders } from './login/login-to-web-bff.ts';
export { startProcess, type ProcessPlan, type RunningProcess } from './process.ts';
export { runRehearsal, type RunRehearsal } from './world/run-rehearsal.ts';
export { startWorld, type World } from './world/start-world.ts';
export {
  bffNames,
  bffPlan,
  servicePorts,
  worldPlans,
  worldPorts,
  type BffName,
  type WorldPorts,
} from './world/world.ts';
export { withDemoPage } from './with-demo-page.ts';
