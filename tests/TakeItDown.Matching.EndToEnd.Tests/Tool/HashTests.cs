using System.Security.Cryptography;
using System.Text.Json;
using TakeItDown.Matching.Tests;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool;

public sealed class HashTests
{
    private static readonly string Pictures = TestData.Fixture("images");

    private static readonly string[] Fields = ["path", "kind", "bytes", "md5", "sha1", "sha256", "pdq", "error"];

    [Fact]
    public async Task A_picture_has_every_field_and_every_hash()
    {
        var path = Path.Combine(Pictures, "landscape.bmp");
        var run = await ToolProcess.RunAsync("hash", path);
        var line = Assert.Single(run.Lines);
        Assert.Equal(Fields, line.EnumerateObject().Select(field => field.Name));
        var bytes = await File.ReadAllBytesAsync(path);
        Assert.Equal((path, "image", bytes.Length), (Text(line, "path"), Text(line, "kind"), line.GetProperty("bytes").GetInt32()));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), Text(line, "sha256"));
#pragma warning disable CA5350, CA5351 // the list's own kinds of digest
        Assert.Equal(Convert.ToHexStringLower(SHA1.HashData(bytes)), Text(line, "sha1"));
        Assert.Equal(Convert.ToHexStringLower(MD5.HashData(bytes)), Text(line, "md5"));
#pragma warning restore CA5350, CA5351
        var reference = Reference("landscape.bmp");
        Assert.Equal((reference.Hash.ToHexString(), reference.Quality), (Text(line.GetProperty("pdq"), "hash"), line.GetProperty("pdq").GetProperty("quality").GetInt32()));
        Assert.Equal((0, "", JsonValueKind.Null), (run.ExitCode, run.Errors, line.GetProperty("error").ValueKind));
    }

    [Fact]
    public async Task The_eight_ways_to_turn_a_picture_come_in_the_order_of_the_reference()
    {
        var run = await ToolProcess.RunAsync("hash", "--dihedral", Path.Combine(Pictures, "landscape.bmp"), Path.Combine(Pictures, "bad", "text.jpg"));
        Assert.Equal([.. Fields[..^1], "dihedral", "error"], run.Lines[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(Reference("landscape.bmp").Dihedral.Select(hash => hash.ToHexString()), run.Lines[0].GetProperty("dihedral").EnumerateArray().Select(hash => hash.GetString()));
        Assert.Equal(0, run.Lines[1].GetProperty("dihedral").GetArrayLength());
    }

    [Fact]
    public async Task Folders_are_walked_by_name_and_links_lead_nowhere()
    {
        using var files = new ScratchFolder();
        foreach (var name in (string[])["b/two.txt", "a/deep/one.txt", "c.txt", "@d.txt"]) files.Write(name, name);
        Directory.CreateSymbolicLink(files.PathOf("a/loop"), files.Path);
        var run = await ToolProcess.RunAsync("hash", files.Path);
        Assert.Equal(["@d.txt", "a/deep/one.txt", "b/two.txt", "c.txt"], run.Lines.Select(line => Path.GetRelativePath(files.Path, Text(line, "path")!)));
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task Paths_can_come_on_standard_input_beside_arguments()
    {
        using var files = new ScratchFolder();
        var (one, two, odd) = (files.Write("one.txt", "1"), files.Write("folder/two.txt", "2"), files.Write("sp ace \"quoted\" ü.txt", "3"));
        var run = await ToolProcess.RunWithInputAsync($"{files.PathOf("folder")}\n\n{odd}\n", "hash", one, "-");
        Assert.Equal([one, two, odd], run.Lines.Select(line => Text(line, "path")));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task What_cannot_be_hashed_is_said_in_its_place_and_the_rest_goes_on()
    {
        using var files = new ScratchFolder();
        var missing = files.PathOf("missing.jpg");
        var tiny = Path.Combine(Pictures, "tiny.jpg");
        var run = await ToolProcess.RunAsync("hash", missing, Path.Combine(Pictures, "bad", "empty.jpg"), Path.Combine(Pictures, "bad", "corrupt.jpg"), Path.Combine(Pictures, "bad", "text.jpg"), tiny);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            ["There is no such file.", "The content is empty.", "The picture or video is damaged; only exact copies and what could be decoded were looked for.", null, null],
            run.Lines.Select(line => Text(line, "error")));
        Assert.Equal([null, "d41d8cd98f00b204e9800998ecf8427e"], run.Lines[..2].Select(line => Text(line, "md5")));
        Assert.Equal(["other", "other", "image", "other", "image"], run.Lines.Select(line => Text(line, "kind")));
    }

    [Fact]
    public async Task A_reader_that_has_seen_enough_ends_the_work_without_a_word()
    {
        using var files = new ScratchFolder();
        for (var i = 0; i < 20_000; i++) files.Write($"{i}.txt", "x");
        using var process = ToolProcess.Start(password: null, "dotnet", ToolProcess.Dll, "hash", files.Path);
        Assert.NotNull(await process.StandardOutput.ReadLineAsync());
        process.StandardOutput.Close();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((1, ""), (process.ExitCode, errors));
    }

    internal static string? Text(JsonElement line, string field) => line.GetProperty(field).GetString();

    private static ReferenceRow Reference(string file) => ReferenceTable.Read(TestData.Fixture("pdq-reference.tsv")).Single(row => row.File == file);
}
