// Compiles src/main/solidity into src/main/abi: one .abi and one .bin for every contract that can be deployed.
//   node compile.mjs           writes them
//   node compile.mjs --check   compares, and fails naming the files that differ
import { readFileSync, readdirSync, writeFileSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const solc = createRequire(import.meta.url)("solc");
const here = dirname(fileURLToPath(import.meta.url));
const sourceFolder = join(here, "src/main/solidity");
const abiFolder = join(here, "src/main/abi");

const sources = Object.fromEntries(
  readdirSync(sourceFolder)
    .filter((name) => name.endsWith(".sol"))
    .sort()
    .map((name) => [name, { content: readFileSync(join(sourceFolder, name), "utf8") }]),
);
// The values of its event of creation do not fit the stack of the usual code generator.
const THROUGH_IR = "TrainingContracts.sol";

function compiled(files, viaIR) {
  const wanted = ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"];
  const output = JSON.parse(
    solc.compile(
      JSON.stringify({
        language: "Solidity",
        sources,
        settings: {
          viaIR,
          optimizer: { enabled: true, runs: 200 },
          // The oldest rules that all our instructions know, so that private networks that lag behind can run the code.
          evmVersion: "paris",
          // No hash of the sources at the end of the code: a comment must not change what is deployed.
          metadata: { appendCBOR: false, bytecodeHash: "none" },
          outputSelection: Object.fromEntries(files.map((file) => [file, { "*": wanted }])),
        },
      }),
    ),
  );
  // Warnings are errors: what the compiler doubts is not deployed.
  if (output.errors?.length) {
    console.error(output.errors.map((error) => error.formattedMessage).join("\n"));
    process.exit(1);
  }
  return Object.entries(output.contracts)
    .filter(([file]) => files.includes(file))
    .map(([, contracts]) => contracts);
}

const usual = Object.keys(sources).filter((file) => file !== THROUGH_IR);
const all = [...compiled(usual, false), ...compiled([THROUGH_IR], true)];

const LARGEST_CODE_BYTES = 24_576;
const made = new Map();
for (const contracts of all) {
  for (const [name, contract] of Object.entries(contracts)) {
    if (contract.evm.bytecode.object === "") continue;
    const bytes = contract.evm.deployedBytecode.object.length / 2;
    if (bytes > LARGEST_CODE_BYTES) {
      console.error(`${name} has ${bytes} bytes of code; a chain takes ${LARGEST_CODE_BYTES} (EIP-170): split it`);
      process.exit(1);
    }
    made.set(`${name}.abi`, JSON.stringify(contract.abi, null, 1) + "\n");
    // No line end: the wrapper's generator would make it part of the code.
    made.set(`${name}.bin`, contract.evm.bytecode.object);
  }
}

if (process.argv.includes("--check")) {
  const committed = readdirSync(abiFolder);
  const stale = [...made].filter(
    ([name, text]) => !existsSync(join(abiFolder, name)) || readFileSync(join(abiFolder, name), "utf8") !== text,
  );
  const names = [...stale.map(([name]) => name), ...committed.filter((name) => !made.has(name))];
  if (names.length > 0) {
    console.error(`src/main/abi is not what src/main/solidity compiles to: ${names.join(", ")}; run: node compile.mjs`);
    process.exit(1);
  }
} else {
  for (const [name, text] of made) writeFileSync(join(abiFolder, name), text);
}
