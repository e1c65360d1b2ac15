using TakeItDown.Matching.EndToEnd.Tests.Page;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

public sealed class UsageTests
{
    [Theory]
    [InlineData()]
    [InlineData("bogus")]
    [InlineData("hash")]
    [InlineData("hash", "--bogus", "x")]
    [InlineData("scan", "x")]
    [InlineData("scan", "--list", "/missing/list.txt", "x")]
    [InlineData("scan", "--store", "/missing/lists.db", "x")]
    [InlineData("scan", "--list", "/etc/hostname", "--store", "/etc/hostname", "x")]
    [InlineData("sync", "--registry", "https://registry.example")]
    public async Task A_call_that_makes_no_sense_ends_with_2_and_a_sentence(params string[] arguments)
    {
        var run = await ToolProcess.RunAsync(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.All(run.Complaints[..^1], line => Assert.StartsWith("takeitdown: ", line, StringComparison.Ordinal));
        Assert.Equal("Try 'takeitdown --help'.", run.Complaints[^1]);
    }

    [Theory]
    [InlineData("--format takes one of list, hashes, sums, hashdeep, pdq, vpdq, csv, tx, tx-rows, tx-state, vics; not 'a\\u{000A}b'.", "scan", "--list", "/etc/hostname", "--format", "a\nb", "x")]
    [InlineData("--kind takes one of md5, sha1, sha256, pdq; not 'crc'.", "scan", "--list", "/etc/hostname", "--kind", "crc", "x")]
    [InlineData("WHAT takes one of pdq, decode, exact, index, swap, scan, all; not 'x'.", "bench", "x")]
    [InlineData("--list takes a file, and '/etc' is a directory.", "scan", "--list", "/etc", "x")]
    [InlineData("--store takes a file, and '/etc' is a directory.", "scan", "--store", "/etc", "x")]
    [InlineData("--list: there is no file '/missing/list.txt'.", "scan", "--list", "/missing/list.txt", "x")]
    public async Task A_value_that_cannot_be_is_named_in_one_line(string sentence, params string[] arguments)
    {
        var run = await ToolProcess.RunAsync(arguments);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal([$"takeitdown: {sentence}", "Try 'takeitdown --help'."], run.Complaints);
    }

    [Theory]
    [InlineData("", "takeitdown [command] [options]", "hash", "scan", "sync", "members", "doctor", "Exit codes")]
    [InlineData("hash", "takeitdown hash <PATH>... [options]", "--dihedral")]
    [InlineData("scan", "takeitdown scan <PATH>... [options]", "--list <FILE>", "--format <FORMAT>", "hashdeep", "vics", "--kind <KIND>", "--store <FILE>", "--fail-on-match")]
    [InlineData("sync", "takeitdown sync [options]", "--registry <URL>", "--user <NAME>", "--password-env <VAR>", "--store <FILE>", "--member <ID>")]
    [InlineData("members", "takeitdown members [options]", "--registry <URL>", "--user <NAME>", "--password-env <VAR>")]
    [InlineData("doctor", "takeitdown doctor [options]")]
    public async Task Every_verb_has_its_help(string verb, params string[] expected)
    {
        string[] verbs = verb.Length == 0 ? [] : [verb];
        var run = await ToolProcess.RunAsync([.. verbs, "--help"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.All(expected, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_doctor_finds_what_scanning_needs()
    {
        var run = await ToolProcess.RunAsync("doctor");
        Need.That(run.ExitCode == 0, "the doctor is not content with this machine: " + run.Output);
        Assert.All(["libjpeg-turbo", "libvips", "/ffprobe; ffmpeg version ", "vector width", "the hash is right"], text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_missing_is_named_with_what_to_install()
    {
        using var files = new ScratchFolder();
        // A PATH without ffmpeg; dotnet itself is named in full.
        using var process = ToolProcess.Start(password: null, "env", $"PATH={files.Path}", Dotnet(), ToolProcess.Dll, "doctor");
        var run = await ToolProcess.EndAsync(process);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("install ffmpeg", run.Output, StringComparison.Ordinal);
    }

    private static string Dotnet() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);
}
