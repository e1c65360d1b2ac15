using TakeItDown.Matching.Tool.Commands;
using TakeItDown.Matching.Tool.Output;

var parsed = TakeItDownCommand.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Complaints.Say(error.Message);
    await Console.Error.WriteLineAsync("Try 'takeitdown --help'.");
    return ExitCode.Usage;
}
return await parsed.InvokeAsync();
