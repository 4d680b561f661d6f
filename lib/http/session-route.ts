export { viewerRoute as sessionRoute } from "./viewer-route";
