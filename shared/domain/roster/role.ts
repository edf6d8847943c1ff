/** The roles that a person can hold in a shared library. */
import { z } from "zod";
import { recordIdSchema } from "../ids.ts";

export const roleSchema = z.enum(["member", "mentor", "verifier", "lead", "steward"]);
export type Role = z.infer<typeof roleSchema>;

/** A role as an act gives it: a lead leads these departments, everybody else comes into them. */
export const givenRoleSchema = z.object({
  role: roleSchema,
  departments: z.array(recordIdSchema).max(100).optional(),
});
export type GivenRole = z.infer<typeof givenRoleSchema>;
