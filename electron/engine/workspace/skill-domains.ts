/** The domains of competence that every new workspace starts with; skills are hung under them. */
export const skillDomains: readonly { readonly name: string; readonly body: string }[] = [
  {
    name: "Governance",
    body: "Who decides about AI, by which rules, and who answers for the outcome.",
  },
  { name: "Ethics", body: "What we owe the people whom our use of AI touches." },
  {
    name: "Data use & integrity",
    body: "Which data may go where, and how we know that it is right.",
  },
  {
    name: "Automation strategy",
    body: "What is worth automating, in which order, and what is not.",
  },
  {
    name: "AI-driven experience design",
    body: "Making what customers and colleagues meet better with AI, from their side.",
  },
  {
    name: "Compliance",
    body: "Laws, contracts and records, and how to show that we keep to them.",
  },
  {
    name: "Empathy & human judgement",
    body: "What stays with people: listening, weighing, deciding, making amends.",
  },
  {
    name: "AI fluency for leaders",
    body: "Enough understanding of AI to set goals, ask good questions and lead by example.",
  },
];
