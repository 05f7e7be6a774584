// Writes the records of each API that the pages call, as its OpenAPI document describes them: of a network node, of a
// site's node, and of a task agent. `node api-types.mjs` after a document has changed; a test compares them.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const at = (path) => new URL(path, import.meta.url);
const HEAD = `// Made by api-types.mjs from the API's OpenAPI document; edit neither by hand.
`;

/** A document, and the file that is made from it. */
export const APIS = [
  { document: at("../network/src/test/resources/io/swarmstream/network/api/openapi.json"), types: at("src/main/page/api.ts") },
  { document: at("../site-node/src/test/resources/io/swarmstream/site/node/http/openapi.json"), types: at("src/main/page/own/site/api.ts") },
  { document: at("../tasks/src/test/resources/io/swarmstream/tasks/page/openapi.json"), types: at("src/main/page/own/agent/api.ts") },
];

/** The TypeScript text of all records of an API. */
export function types(api) {
  const { schemas } = JSON.parse(readFileSync(api.document, "utf8")).components;
  return HEAD + Object.keys(schemas).sort().map((name) => record(name, schemas[name])).join("");
}

function record(name, schema) {
  const mandatory = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).map(([field, its]) => {
    const about = its.description ? `  /** ${its.description} */\n` : "";
    const optional = mandatory.has(field) ? "" : "?";
    return `${about}  ${field}${optional}: ${type(its)}${optional ? " | null" : ""};\n`;
  });
  return `\nexport interface ${name} {\n${fields.join("")}}\n`;
}

function type(schema) {
  if (schema.$ref) {
    return schema.$ref.split("/").at(-1);
  }
  if (schema.allOf?.length === 1) {
    return type(schema.allOf[0]);
  }
  const named = [schema.type].flat().filter((each) => each !== "null");
  const nullable = [schema.type].flat().includes("null") ? " | null" : "";
  switch (named[0]) {
    case "array":
      return (schema.items?.type?.includes?.("null") || nullable ? `(${type(schema.items)})[]` : `${type(schema.items)}[]`) + "";
    case "integer":
    case "number":
      return "number" + nullable;
    case "boolean":
      return "boolean" + nullable;
    case "string":
      return "string" + nullable;
    default:
      return "unknown";
  }
}

/** The committed text. */
export function committed(api) {
  return readFileSync(api.types, "utf8");
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const api of APIS.filter((each) => existsSync(each.document))) {
    writeFileSync(api.types, types(api));
  }
}
