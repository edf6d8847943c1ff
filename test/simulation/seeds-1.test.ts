import { tellSeeds } from "./tell.ts";

tellSeeds(1, 125);
