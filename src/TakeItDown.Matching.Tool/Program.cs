using System.CommandLine;
using TakeItDown.Matching.Tool.Commands;
using TakeItDown.Matching.Tool.Output;

var root = new RootCommand("Hashes files, compares them with a list of hashes, keeps a list fresh, and checks and measures this machine. Results are JSON, one object a line.")
{
    HashCommand.Create(),
    ScanCommand.Create(),
    SyncCommand.Create(),
    DoctorCommand.Create(),
    BenchCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"takeitdown: {error.Message}");
    await Console.Error.WriteLineAsync("Try 'takeitdown --help'.");
    return ExitCode.Usage;
}
return await parsed.InvokeAsync();
