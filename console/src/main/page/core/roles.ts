/** What members with a role may do. */
export const ROLES: Record<string, string> = {
  site: "contribute to trainings",
  observer: "read contracts, rounds and models, and verify",
  agent: "run tasks",
  owner: "create, reset and own training contracts",
  network: "run a network node, admit who brings an invitation, seal blocks",
  job: "coordinate trainings and anchor their rounds",
  admin: "invite, approve, suspend, remove, set roles",
};
