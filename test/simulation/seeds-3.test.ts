import { tellSeeds } from "./tell.ts";

tellSeeds(251, 125);
