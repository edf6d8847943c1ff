/** How `--set` is written, for help. */
export const assignmentHelp = `
A field is set by --set field=value, and cleared by --set field= with nothing behind it.
Several values: --set tags=billing,refunds or --set tags=billing --set tags=refunds, or as JSON:
--set 'aliases=["One, two","Three"]'. Groups and lists are JSON too:
--set 'handoff={"trigger":"Anger","receiving_role":"Team lead"}'
Records are named by their name or id: --set department="Customer care"`;
