using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using TakeItDown.Matching.Tests;
using TakeItDown.Matching.Tool.Commands;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

/// <summary>The command lines that README and docs show are understood. They are parsed, not run.</summary>
public sealed partial class DocumentedCommandTests
{
    [Fact]
    public void Every_command_line_that_is_shown_is_understood()
    {
        var lines = Pages().SelectMany(page => Lines(File.ReadAllText(page)).Select(line => (Page: Path.GetFileName(page), Line: line))).ToList();
        Assert.Contains(lines, line => line.Page == "README.md");
        Assert.All(lines, line => Assert.Equal((line.Page, line.Line, ""), (line.Page, line.Line, Errors(line.Line))));
    }

    [Theory]
    [InlineData("takeitdown scan uploads/ --lists hashes.txt")]
    [InlineData("takeitdown scan uploads/")]
    [InlineData("takeitdown scna uploads/ --list hashes.txt")]
    [InlineData("takeitdown sync --registry https://… --user NAME --store lists.db")]
    public void One_that_is_not_understood_is_found(string line) => Assert.NotEqual("", Errors(line));

    private static IEnumerable<string> Pages() =>
        [
            Path.Combine(TestData.Root, "README.md"),
            .. Directory.EnumerateFiles(Path.Combine(TestData.Root, "docs"), "*.md", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles(Path.Combine(TestData.Root, "reference", "Registry"), "*.md"),
        ];

    private static IEnumerable<string> Lines(string page) =>
        Block().Matches(page).SelectMany(block => CommandLine().Matches(block.Groups["lines"].Value)).Select(line => line.Groups["line"].Value);

    /// <summary>What the tool says of a line; empty if it understands it.</summary>
    private static string Errors(string line)
    {
        var words = CommandLineParser.SplitCommandLine(line).Skip(1).TakeWhile(word => word is not ("|" or ">" or "&&") && !word.StartsWith('#'));
        return string.Join(' ', TakeItDownCommand.Parse([.. words.Select(Real)]).Errors.Select(error => error.Message));
    }

    /// <summary>What stands for a file is one that exists, and the address that is left out is whole.</summary>
    private static string Real(string word) =>
        word == "https://…" ? "https://registry.example"
        : Path.HasExtension(word) && !word.Contains("://", StringComparison.Ordinal) ? Path.Combine(TestData.Root, "README.md")
        : word;

    [GeneratedRegex("^ *```(?<language>\\w*)[^\n]*\n(?<lines>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^[ $]*(?:\./)?(?<line>takeitdown .*)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CommandLine();
}
