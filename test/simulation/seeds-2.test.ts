import { tellSeeds } from "./tell.ts";

tellSeeds(126, 125);
