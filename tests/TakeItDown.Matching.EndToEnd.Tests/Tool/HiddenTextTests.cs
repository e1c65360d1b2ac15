using System.Text;
using TakeItDown.Matching.EndToEnd.Tests.Registry;
using TakeItDown.Matching.Telemetry;
using TakeItDown.Matching.Tests;
using static TakeItDown.Matching.EndToEnd.Tests.Tool.HashTests;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

/// <summary>What a terminal would obey, what turns the direction of writing, and what nobody sees never leaves the tool as it is.</summary>
public sealed class HiddenTextTests
{
    /// <summary>A name that would look like <c>exe.jpg</c>, one that clears the screen, and others of each sort.</summary>
    private static readonly string[] Names =
    [
        "\u202Egpj.exe", "\u001B[2J\u001B]0;title\u0007.jpg", "a\nb.jpg", "\u007F\u0085\u009B31m.jpg", "\u2066x\u2069\u200E\u200F\u061C.jpg", "zero\u200B\u2060\uFEFF\u00ADwidth.jpg",
        "line\u2028paragraph\u2029.jpg", "tag\U000E0041.jpg", "[red]markup.jpg", "ordinary ü 漢 'n' & <b>.jpg", "smile \U0001F600.jpg",
    ];

    [Theory]
    [InlineData("hash")]
    [InlineData("scan")]
    public async Task Names_of_files_come_out_escaped_and_whole(string verb)
    {
        using var files = new ScratchFolder();
        foreach (var name in Names) files.Write($"pictures/{name}", "no picture");
        var list = files.Write("list.txt", "md5,d41d8cd98f00b204e9800998ecf8427e,empty");
        string[] more = verb == "scan" ? ["--list", list] : [];
        var run = await ToolProcess.RunAsync([verb, files.PathOf("pictures"), .. more]);
        AssertHarmless(run);
        Assert.Equal(Names.Order(StringComparer.Ordinal), run.Lines.Select(line => Path.GetFileName(Text(line, "path"))));
        // What can be seen stays readable.
        Assert.Contains("ordinary ü 漢 'n' & <b>.jpg", run.Output, StringComparison.Ordinal);
        Assert.Contains("\\u202Egpj.exe", run.Output, StringComparison.Ordinal);
        Assert.Contains("tag\\uDB40\\uDC41.jpg", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_entries_and_grades_come_out_escaped()
    {
        using var files = new ScratchFolder();
        var list = files.Write("list.csv", "md5,file,category\n32d0be355f10708bc06c4b794e3b0660,\u202Eentry\u001B[31m,A1\u2066\n");
        var run = await ToolProcess.RunAsync("scan", "--list", list, TestData.Fixture("images/landscape.jpg"));
        AssertHarmless(run);
        var match = run.Lines.Single().GetProperty("matches")[0];
        Assert.Equal(("\u202Eentry\u001B[31m", "A1\u2066"), (Text(match, "entry"), Text(match, "classification")));
    }

    [Theory]
    [InlineData("hash", "--\u202Eoption")]
    [InlineData("\u001B[2Jverb", "x")]
    [InlineData("scan", "--list", "/missing/\u001B[31m\u202E.txt", "x")]
    [InlineData("sync", "--registry", "https://registry.example", "--user", "u", "--password-env", "NO\u001B[31m\u2028SUCH", "--member", "*", "--store", "lists.db")]
    public async Task Complaints_about_a_call_are_escaped(params string[] arguments)
    {
        var run = await ToolProcess.RunAsync(arguments);
        Assert.Equal(2, run.ExitCode);
        AssertHarmless(run);
    }

    [Fact]
    public async Task Names_of_members_come_out_harmless()
    {
        await using var registry = await RegistryHost.StartAsync("--Registry:Members:1:Name", "\u202Eevil\u2066\u2028\u200B member");
        var run = await MembersTests.RunAsync(registry);
        AssertHarmless(run);
        Assert.Contains("evil", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain ü", "plain ü")]
    [InlineData("\u001B[0m", "\\u{001B}[0m")]
    [InlineData("a\r\nb", "a\\u{000D}\\u{000A}b")]
    [InlineData("\U000E0041", "\\u{E0041}")]
    [InlineData("\u3164", "\\u{3164}")]
    public void Hidden_characters_are_spelled_out(string text, string shown) => Assert.Equal(shown, VisibleText.Clean(text));

    [Fact]
    public void Half_of_a_pair_is_spelled_out() => Assert.Equal("half \\u{D83D}.", VisibleText.Clean($"half {(char)0xD83D}."));

    private static void AssertHarmless(ToolRun run)
    {
        foreach (var rune in (run.Output + run.Errors).EnumerateRunes())
        {
            Assert.False(rune.Value != '\n' && VisibleText.IsHidden(rune), $"U+{rune.Value:X4} came out");
        }
        Assert.DoesNotContain((byte)0x9B, Encoding.Latin1.GetBytes(run.Errors));
    }
}
