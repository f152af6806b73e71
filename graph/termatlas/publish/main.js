import { createFinder } from "./finder.js";

createFinder();
