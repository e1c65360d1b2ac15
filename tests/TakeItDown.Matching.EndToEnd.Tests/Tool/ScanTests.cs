using System.Text.Json;
using TakeItDown.Matching.EndToEnd.Tests.Story;
using TakeItDown.Matching.Tests;
using static TakeItDown.Matching.EndToEnd.Tests.Tool.HashTests;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

public sealed class ScanTests
{
    private static readonly string[] Files = [Picture("landscape.jpg"), Picture("landscape-exif6.jpg"), Picture("shapes.jpg"), Picture("blank.jpg"), Picture("bad/corrupt.jpg"), Picture("missing.jpg")];

    [Fact]
    public async Task Every_verdict_comes_with_its_reason_and_its_matches()
    {
        using var files = new ScratchFolder();
        var hashes = await Person.HashAsync("landscape.jpg");
        var list = files.Write("list.txt", $"# ours\n{string.Join('\n', hashes.Select(hash => $"{hash.Kind.ToName()},{hash.ToHexString()},case 7"))}\n");
        var run = await ToolProcess.RunAsync(["scan", "--list", list, .. Files]);

        Assert.Equal((1, "takeitdown: the list was read as 'list': 1 md5, 1 sha1, 1 sha256, 1 pdq\n"), (run.ExitCode, run.Errors));
        Assert.All(run.Lines, line => Assert.Equal(["path", "verdict", "reason", "reasonCode", "matches"], line.EnumerateObject().Select(field => field.Name)));
        Assert.Equal(Files, run.Lines.Select(line => Text(line, "path")));
        Assert.Equal(["match", "match", "noMatch", "notScannable", "notScannable", "notScannable"], run.Lines.Select(line => Text(line, "verdict")));
        Assert.Equal([true, true, true, false, false, false], run.Lines.Select(line => Text(line, "reason") is null));
        // A file that could not be opened has a sentence only: no scan came to a reason.
        Assert.Equal([null, null, null, "tooPlain", "damaged", null], run.Lines.Select(line => Text(line, "reasonCode")));
        var exact = run.Lines[0].GetProperty("matches").EnumerateArray().ToList();
        Assert.Equal(["md5", "pdq", "sha1", "sha256"], exact.Select(match => Text(match, "kind")).Order());
        Assert.All(exact, match => Assert.Equal(("file", "case 7", 0), (Text(match, "list"), Text(match, "entry"), match.GetProperty("distance").GetInt32())));
        var turned = Assert.Single(run.Lines[1].GetProperty("matches").EnumerateArray());
        Assert.Equal(["list", "entry", "member", "classification", "kind", "distance", "quality", "orientation", "way"], turned.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("pdq", "asDisplayed", "whole", 100), (Text(turned, "kind"), Text(turned, "orientation"), Text(turned, "way"), turned.GetProperty("quality").GetInt32()));
        Assert.All(exact.Where(match => Text(match, "kind") != "pdq"), match => Assert.Equal(JsonValueKind.Null, match.GetProperty("orientation").ValueKind));
    }

    [Fact]
    public async Task Bad_lines_of_a_list_are_told_by_number_and_skipped()
    {
        using var files = new ScratchFolder();
        var pdq = (await Person.HashAsync("landscape.jpg")).Single(hash => hash.Kind == HashKind.Pdq).ToHexString();
        var list = files.Write("list.txt", $"pdq,{pdq[1..]}\n# a comment\n\n  PDQ , {pdq.ToUpperInvariant()} \nmd5\nmd4,00\npdq,{pdq},a,b\nsha1,{new string('g', 40)}");
        var run = await ToolProcess.RunAsync("scan", "--list", list, Picture("landscape-q40.jpg"));
        string[] unread = [.. new[] { 1, 5, 6, 7, 8 }.Select(number => $"takeitdown: line {number} of the list is not 'kind,value[,entry]' and is skipped")];
        Assert.Equal([.. unread, "takeitdown: the list was read as 'list': 1 pdq"], run.Complaints);
        Assert.DoesNotContain(pdq[1..20], run.Errors, StringComparison.OrdinalIgnoreCase);
        // What those lines listed, nobody knows.
        Assert.Equal((1, "line-4"), (run.ExitCode, Text(run.Lines.Single().GetProperty("matches")[0], "entry")));
    }

    [Theory]
    [InlineData("pdq;5a97\nnot a line\n")]
    [InlineData("")]
    [InlineData("# a comment\n")]
    [InlineData("list", "pdq,5a97\nnot a line\n")]
    public async Task Of_a_list_that_cannot_be_read_there_is_no_verdict(params string[] given)
    {
        using var files = new ScratchFolder();
        var list = files.Write("list.txt", given[^1]);
        string[] format = given.Length > 1 ? ["--format", given[0]] : [];
        foreach (var failOnMatch in (string[][])[[], ["--fail-on-match"]])
        {
            var run = await ToolProcess.RunAsync(["scan", "--list", list, .. format, .. failOnMatch, Picture("landscape.jpg")]);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains("othing was scanned", run.Complaints[^1].Replace("so nothing", "Nothing", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_match_is_not_hidden_by_lines_that_could_not_be_read_of_which_twenty_are_named()
    {
        using var files = new ScratchFolder();
        var digest = (await Person.HashAsync("landscape.jpg")).Single(hash => hash.Kind == HashKind.Sha256).ToHexString();
        var list = files.Write("list.txt", $"sha256,{digest}\n{string.Concat(Enumerable.Repeat("sha256,bad\n", 57))}");
        var run = await ToolProcess.RunAsync("scan", "--list", list, "--format", "list", "--fail-on-match", Picture("landscape.jpg"));
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("takeitdown: line 2 of the list is not 'kind,value[,entry]' and is skipped", run.Complaints[0]);
        Assert.Equal("takeitdown: line 21 of the list is not 'kind,value[,entry]' and is skipped", run.Complaints[19]);
        Assert.Equal(["takeitdown: 37 more lines of the list are skipped likewise", "takeitdown: the list was read as 'list': 1 sha256"], run.Complaints[20..]);
        Assert.Equal(1, (await ToolProcess.RunAsync("scan", "--list", list, "--fail-on-match", Picture("shapes.jpg"))).ExitCode);
    }

    [Fact]
    public async Task A_kind_of_which_the_list_holds_nothing_is_refused()
    {
        using var files = new ScratchFolder();
        var list = files.Write("list.txt", "32d0be355f10708bc06c4b794e3b0660  landscape.jpg\n");
        var run = await ToolProcess.RunAsync("scan", "--list", list, "--kind", "sha1", Picture("tiny.jpg"));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal(["takeitdown: The list was read as 'sums', and holds no sha1. Leave the kind out, or correct it. Nothing was scanned."], run.Complaints);
        Assert.Equal(0, (await ToolProcess.RunAsync("scan", "--list", list, "--kind", "md5", Picture("tiny.jpg"))).ExitCode);
    }

    [Theory]
    [InlineData("--kind", "md5")]
    [InlineData("--format", "list")]
    public async Task How_to_read_a_list_is_said_of_a_list_alone(string option, string value)
    {
        using var files = new ScratchFolder();
        var run = await ToolProcess.RunAsync("scan", "--store", files.Write("lists.db", ""), option, value, Picture("tiny.jpg"));
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--list FILE", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("landscape.jpg", true, 3)]
    [InlineData("landscape.jpg", false, 0)]
    [InlineData("shapes.jpg", true, 0)]
    [InlineData("bad/corrupt.jpg", true, 1)]
    public async Task Exit_codes_tell_scripts_what_happened(string file, bool failOnMatch, int exitCode)
    {
        using var files = new ScratchFolder();
        var list = files.Write("list.txt", $"sha256,{(await Person.HashAsync("landscape.jpg")).Single(hash => hash.Kind == HashKind.Sha256).ToHexString()}");
        string[] options = failOnMatch ? ["--fail-on-match"] : [];
        Assert.Equal(exitCode, (await ToolProcess.RunAsync(["scan", "--list", list, Picture(file), .. options])).ExitCode);
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_refused_and_left_as_it_is()
    {
        using var files = new ScratchFolder();
        var list = files.Write("list.txt", "# a text list");
        foreach (var run in (ToolRun[])
            [
                await ToolProcess.RunAsync("scan", "--store", list, Picture("tiny.jpg")),
                await ToolProcess.RunWithPasswordAsync("password", "sync", "--registry", "http://127.0.0.1:1/npo", "--user", "u", "--password-env", "REGISTRY_PASSWORD", "--member", "*", "--store", list),
            ])
        {
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.Contains("is no list store, and is left as it is", run.Errors, StringComparison.Ordinal);
        }
        Assert.Equal("# a text list", await File.ReadAllTextAsync(list));
        Assert.Single(Directory.GetFiles(files.Path));
    }

    private static string Picture(string name) => TestData.Fixture($"images/{name}");
}
