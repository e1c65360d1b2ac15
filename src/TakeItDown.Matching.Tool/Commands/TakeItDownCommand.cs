using System.CommandLine;
using System.CommandLine.Help;

namespace TakeItDown.Matching.Tool.Commands;

/// <summary><c>takeitdown</c> itself, with every command.</summary>
internal static class TakeItDownCommand
{
    public static ParseResult Parse(IReadOnlyList<string> arguments)
    {
        // Not a RootCommand: that one would call itself after the file it runs from.
        var root = new Command("takeitdown", """
            Hashes files, compares them with a list of hashes, keeps a list fresh, and checks and measures this machine.
              Results are JSON, one object a line, on standard output; whatever else there is to say goes to standard error.
              Exit codes: 0 everything was done, 1 some of it could not be, 2 bad usage or a list of which nothing could be read,
              3 something matched (scan --fail-on-match), whatever else could not be done.
            """)
        {
            new HelpOption(),
            new VersionOption(),
            HashCommand.Create(),
            ScanCommand.Create(),
            SyncCommand.Create(),
            MembersCommand.Create(),
            DoctorCommand.Create(),
            BenchCommand.Create(),
        };
        // A path that begins with '@' is a path, and no file of arguments.
        return root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }
}
