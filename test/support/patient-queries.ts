/** Queries that wait for something on the page wait longer than a second: a machine may be busy. */
import { configure } from "@testing-library/react";

configure({ asyncUtilTimeout: 10_000 });
