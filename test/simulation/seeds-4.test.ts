import { tellSeeds } from "./tell.ts";

tellSeeds(376, 125);
