using System.Text.RegularExpressions;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.PublicApi.Tests.Snippets;

/// <summary>The C# that README and docs show is compiled code, to the letter.</summary>
public partial class SnippetTests
{
    private const string HowTo =
        "A block of C# begins with ```csharp FILE or ```csharp FILE#NAME, where FILE is compiled in this repository; a part of a file stands between the lines "
        + "'// snippet: NAME' and '// end of snippet'. tests/TakeItDown.Matching.PublicApi.Tests/Snippets is the place for new ones.";

    public static TheoryData<string> Pages =>
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Combine(TestData.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(TestData.Root, "reference", "Registry"), "*.md"))
            .Select(path => Path.GetRelativePath(TestData.Root, path)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_code_is_what_is_compiled(string page)
    {
        var text = Read(page);
        foreach (var block in Block().Matches(text).Where(block => block.Groups["language"].Value is "csharp" or "cs" or "c#" or "C#"))
        {
            var place = $"{page}, line {text[..block.Index].Count(character => character == '\n') + 1}";
            var source = block.Groups["source"].Value.Trim();
            Assert.True(source.Length > 0, $"{place}: the code names no compiled file. {HowTo}");
            var compiled = Compiled(source, place);
            Assert.True(compiled == block.Groups["code"].Value, $"{place}: the code is not that of {source}, which is:\n{compiled}\n{HowTo}");
        }
    }

    [Fact]
    public void The_first_sample_is_a_whole_program() => Assert.Contains("```csharp samples/Minimal/Program.cs\n", Read("README.md"), StringComparison.Ordinal);

    private static string Compiled(string source, string place)
    {
        var (file, name) = source.Split('#', 2) is [var whole, var part] ? (whole, part) : (source, null);
        Assert.True(File.Exists(Path.Combine(TestData.Root, file)), $"{place}: there is no file {file}. {HowTo}");
        if (name is null) return Read(file);
        var lines = Read(file).Split('\n');
        var first = Array.FindIndex(lines, line => line.Trim() == $"// snippet: {name}") + 1;
        var end = Array.FindIndex(lines, first, line => line.Trim() == "// end of snippet");
        Assert.True(first > 0 && end > first, $"{place}: {file} has no snippet {name}. {HowTo}");
        var snippet = lines[first..end];
        var indent = snippet.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(snippet.Select(line => line[Math.Min(indent, line.Length)..] + "\n"));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(TestData.Root, file)).Replace("\r", "", StringComparison.Ordinal);

    [GeneratedRegex("^ *```(?<language>[A-Za-z#]+)(?<source>[^\n]*)\n(?<code>.*?)^ *```$", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Block();
}
