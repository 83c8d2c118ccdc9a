// The names of properties that belong to the page's source alone: the bundle calls them by a letter or two.
// A name that the browser, the content of the file, an address or an attribute also knows keeps its letters.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));

export function ownNames() {
  const { fileNames, options } = ts.parseJsonConfigFileContent(ts.readConfigFile(join(here, "tsconfig.json"), ts.sys.readFile).config, ts.sys, here);
  const program = ts.createProgram(fileNames, options), checker = program.getTypeChecker();
  const own = new Set(), kept = new Set();
  const ours = (d) => !program.isSourceFileDefaultLibrary(d.getSourceFile());
  // What is read from the content takes its names from there, by a cast.
  const packed = (d) => /data\.ts$/.test(d.getSourceFile().fileName) && ts.isInterfaceDeclaration(d.parent) && !["Data", "Ties"].includes(d.parent.name.text);
  const meet = (name, symbol) => {
    const from = symbol?.declarations ?? [];
    (from.length && from.every((d) => ours(d) && !packed(d)) ? own : kept).add(name);
  };
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node)) meet(node.name.text, checker.getSymbolAtLocation(node.name));
    else if ((ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isMethodDeclaration(node)) && ts.isObjectLiteralExpression(node.parent) && ts.isIdentifier(node.name)) {
      const type = checker.getContextualType(node.parent);
      if (type) meet(node.name.text, type.getProperty(node.name.text) ?? type.getNonNullableType?.().getProperty(node.name.text));
    } else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = node.propertyName ?? node.name;
      if (ts.isIdentifier(name)) meet(name.text, checker.getTypeAtLocation(node.parent).getProperty(name.text));
    } else if ((ts.isPropertyDeclaration(node) || ts.isPropertySignature(node) || ts.isMethodDeclaration(node) || ts.isGetAccessor(node)) && ts.isIdentifier(node.name)) meet(node.name.text, checker.getSymbolAtLocation(node.name));
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (ours(file) && !file.isDeclarationFile) visit(file);
  return [...own].filter((name) => !kept.has(name)).sort();
}
