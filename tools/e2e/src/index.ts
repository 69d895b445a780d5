export { fetchInPage, type PageRequest, type Seen } from './fetch-in-page.ts';
export { findBrowser } from './find-browser.ts';
export { launchBrowser } from './launch-browser.ts';
export { beginLogin, finishLogin, type LogIn } from './log-in.ts';
export { startWebWorld, type WebWorld } from './start-web-world.ts';
