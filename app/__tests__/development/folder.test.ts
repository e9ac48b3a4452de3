import { contract } from "../../contract";
import { developmentFolder } from "../../development/folder";

it.each([
  [{}, `.dev/${contract.container.port}`],
  [{ PORT: "3001" }, ".dev/3001"],
  [{ PORT: "3001", DEVELOPMENT_FOLDER: ".dev/mine" }, ".dev/mine"],
])("with %j is %s", (environment, folder) => {
  expect(developmentFolder(environment)).toBe(folder);
});
