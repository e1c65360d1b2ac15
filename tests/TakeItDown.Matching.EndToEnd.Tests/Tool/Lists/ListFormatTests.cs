using System.Globalization;
using System.Text;
using TakeItDown.Matching.Tests;
using TakeItDown.Matching.Registries.HashFiles;

namespace TakeItDown.Matching.EndToEnd.Tests.Tool.Lists;

public sealed class ListFormatTests
{
    private const string Pdq = "5a97d75de1485afa5406f6d6dad45bba250bfe71802925ade530007f7bcc5202", Md5 = "32d0be355f10708bc06c4b794e3b0660";

    /// <summary>A file of each format: what it is told to be, and how many hashes it gives, lines too plain, not compared and cleared.</summary>
    public static TheoryData<string, string, string, string, int, int, int> Files => new()
    {
        { "list.txt", "", "list", "1 md5, 0 sha1, 1 sha256, 3 pdq", 0, 0, 0 },
        { "md5sum.txt", "", "sums", "3 md5, 0 sha1, 0 sha256, 0 pdq", 0, 0, 0 },
        { "sha256sum.txt", "", "sums", "0 md5, 0 sha1, 2 sha256, 0 pdq", 0, 0, 0 },
        { "checksums-mixed.txt", "", "sums", "0 md5, 2 sha1, 0 sha256, 0 pdq", 0, 1, 0 },
        { "bsd.txt", "", "sums", "1 md5, 1 sha1, 1 sha256, 0 pdq", 0, 1, 0 },
        { "openssl.txt", "", "sums", "1 md5, 1 sha1, 1 sha256, 0 pdq", 0, 0, 0 },
        { "hashdeep.txt", "", "hashdeep", "2 md5, 0 sha1, 2 sha256, 0 pdq", 0, 0, 0 },
        { "bare-md5.txt", "md5", "hashes", "2 md5, 0 sha1, 0 sha256, 0 pdq", 0, 0, 0 },
        { "bare-pdq.txt", "pdq", "hashes", "0 md5, 0 sha1, 0 sha256, 2 pdq", 0, 0, 0 },
        { "pdq-photo-hasher.txt", "", "pdq", "0 md5, 0 sha1, 0 sha256, 2 pdq", 1, 0, 0 },
        { "video.vpdq.txt", "", "vpdq", "0 md5, 0 sha1, 0 sha256, 4 pdq", 1, 0, 0 },
        { "spreadsheet.csv", "", "csv", "2 md5, 1 sha1, 0 sha256, 1 pdq", 0, 0, 0 },
        { "tx-dataset.csv", "", "csv", "1 md5, 0 sha1, 0 sha256, 3 pdq", 0, 1, 1 },
        { "tx-print.txt", "", "tx", "1 md5, 0 sha1, 0 sha256, 3 pdq", 0, 1, 1 },
        { "simple.HASH_PDQ.te", "pdq", "tx-rows", "0 md5, 0 sha1, 0 sha256, 2 pdq", 0, 0, 1 },
        { "Example Signals.state.json", "", "tx-state", "1 md5, 0 sha1, 0 sha256, 1 pdq", 0, 1, 1 },
        { "vics-media.json", "", "vics", "2 md5, 1 sha1, 0 sha256, 0 pdq", 0, 1, 1 },
        { "vics-cases.json", "", "vics", "2 md5, 1 sha1, 0 sha256, 1 pdq", 0, 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_each_format_is_told_by_its_content(string file, string kind, string format, string hashes, int plain, int other, int cleared)
    {
        var reading = Read(File.ReadAllBytes(Fixture(file)), kind);
        Assert.Equal((format, hashes), (reading.Format.Name, Counts(reading)));
        Assert.Equal((plain, other, cleared), (reading.Count(ReadOutcome.TooPlain), reading.Count(ReadOutcome.NotCompared), reading.Count(ReadOutcome.Cleared)));
        Assert.False(reading.IsIncomplete);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_picture_is_found_by_a_file_of_each_format(string file, string kind, string format, string hashes, int plain, int other, int cleared)
    {
        _ = (hashes, plain, other, cleared);
        string[] options = kind.Length > 0 ? ["--kind", kind] : [];
        var run = await ToolProcess.RunAsync(["scan", "--list", Fixture(file), .. options, "--fail-on-match", TestData.Fixture("images/landscape.jpg"), TestData.Fixture("images/shapes.jpg")]);
        // Of a video the picture is one frame among others, which is no reason to spare it.
        Assert.Equal(["match", "noMatch"], run.Lines.Select(line => line.GetProperty("verdict").GetString()));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"the list was read as '{format}'", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_format_of_the_table_has_a_file_here() =>
        Assert.Equal(ListFormat.Table.Select(format => format.Name).Order(), Files.Select(row => row.Data.Item3).Distinct().Order());

    [Theory]
    [InlineData("md5sum.txt", "two\nlines\\.jpg", "pictures/with, comma (1).jpg", "pictures/landscape.jpg")]
    [InlineData("bsd.txt", "a (1).jpg", "landscape.jpg")]
    [InlineData("hashdeep.txt", "/pictures/one, two.jpg")]
    [InlineData("pdq-photo-hasher.txt", "one, two.jpg")]
    [InlineData("video.vpdq.txt", "video-1", "video-2")]
    [InlineData("spreadsheet.csv", "landscape; original", "other.jpg")]
    [InlineData("vics-media.json", "101", "102")]
    public void Entries_are_named_as_the_file_names_them(string file, params string[] names)
    {
        var entries = Read(File.ReadAllBytes(Fixture(file))).Entries.Build("file").Select(entry => entry.Key.Id).ToList();
        Assert.All(names, name => Assert.Contains(name, entries));
    }

    [Theory]
    [InlineData("tx-dataset.csv", "POSITIVE_CLASS", "WORTH_INVESTIGATING")]
    [InlineData("vics-media.json", "1", "2")]
    public void Grades_are_kept(string file, params string[] grades) =>
        Assert.Equal(grades, Read(File.ReadAllBytes(Fixture(file))).Entries.Build("file").Select(entry => entry.Classification).Distinct());

    [Theory]
    [InlineData($"{Md5}\n")]
    [InlineData($"{Pdq}\n")]
    [InlineData($"{Pdq} a file\n")]
    [InlineData($"hash,name\n{Md5},x\n")]
    [InlineData($"{Pdq},99244958314735,2026-01-31T18:07:52+0000,tags\n")]
    public void A_kind_that_nobody_tells_is_asked_for(string text) =>
        Assert.Contains("give the kind", Assert.Throws<ListFormatException>(() => Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "The list is empty.")]
    [InlineData("\n# nothing\n", "No line of the list could be read")]
    [InlineData("neither\nthis\nnor that\n", "No line of the list could be read")]
    [InlineData("{\"some\": \"JSON\"}", "JSON, but of no format")]
    [InlineData("\u001f\u008bpacked", "compressed")]
    [InlineData("\u0080\u0004pickle", "'tx dataset -P --csv'")]
    [InlineData("SQLite format 3\0", "list store")]
    [InlineData("with\0zeros", "no text")]
    [InlineData($"{Md5}  a\nmd5,{Md5}\n", "'list' or 'sums'")]
    public void What_is_no_list_is_refused_with_what_to_do(string bytes, string advice) =>
        Assert.Contains(advice, Assert.Throws<ListFormatException>(() => Read(Encoding.Latin1.GetBytes(bytes))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_kind_that_the_file_tells_itself_is_not_taken() =>
        Assert.Contains("leave the kind out", Assert.Throws<ListFormatException>(() => Read(File.ReadAllBytes(Fixture("list.txt")), "md5")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("tx-dataset.csv", 3, "pdq,too short,Example,POSITIVE_CLASS,\n")]
    [InlineData("tx-dataset.csv", 3, "pdq,\"not closed,Example,POSITIVE_CLASS,\n")]
    [InlineData("md5sum.txt", 2, $"{Md5}\n")]
    [InlineData("md5sum.txt", 2, "zz  file\n")]
    [InlineData("hashdeep.txt", 6, "12,short,short,/file\n")]
    [InlineData("pdq-photo-hasher.txt", 2, $"{Pdq},101,file\n")]
    [InlineData("video.vpdq.txt", 2, $"x,100,{Pdq},0.000\n")]
    public void A_line_that_cannot_be_read_is_told_by_its_place(string file, int place, string line)
    {
        var lines = File.ReadAllLines(Fixture(file)).ToList();
        lines.Insert(place - 1, line.TrimEnd());
        var reading = Read(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        Assert.Equal([(place, false)], reading.Unread);
        Assert.True(reading.IsIncomplete);
    }

    [Theory]
    [InlineData("{\"@odata.context\":\"x\",\"value\":[{\"MD5\":\"short\"},{\"MD5\":\"MD5\"},17,{\"MediaID\":5}]}", "1 3 4")]
    [InlineData("{\"@odata.context\":\"x\",\"value\":[{\"MD5\":{\"x\":[1]}},[[{}]],{\"MD5\":\"MD5\",\"SHA1\":\"bad\"}]}", "1 2 3")]
    [InlineData("{\"records\":{\"pdq\":{\"short\":{}},\"md5\":5,\"video_md5\":{\"MD5\":null}}}", "1 2")]
    public void A_record_that_cannot_be_read_is_told_by_its_place(string json, string places)
    {
        var reading = Read(Encoding.UTF8.GetBytes(json.Replace(":\"MD5\"", $":\"{Md5}\"", StringComparison.Ordinal).Replace("{\"MD5\":null", $"{{\"{Md5}\":null", StringComparison.Ordinal)));
        Assert.Equal(places, string.Join(' ', reading.Unread.Select(unread => unread.Place)));
        Assert.Equal(1, reading.Entries.Count(HashKind.Md5));
    }

    [Fact]
    public void A_document_that_ends_too_early_keeps_what_came_before()
    {
        var whole = File.ReadAllText(Fixture("vics-media.json"));
        var reading = Read(Encoding.UTF8.GetBytes(whole[..whole.IndexOf("103", StringComparison.Ordinal)]));
        Assert.Equal((2, true), (reading.Entries.Count(HashKind.Md5), reading.IsIncomplete));
        Assert.NotNull(reading.DamagedFrom);
    }

    [Fact]
    public void A_line_without_end_takes_bounded_memory_and_the_rest_goes_on()
    {
        using var text = new MemoryStream();
        text.Write(Encoding.UTF8.GetBytes($"md5,{Md5},a\nmd5,"));
        for (var i = 0; i < 80; i++) text.Write(Encoding.UTF8.GetBytes(new string('a', 1 << 16)));
        text.Write(Encoding.UTF8.GetBytes($"\nmd5,{Md5},b\n"));
        var reading = Read(text.ToArray());
        Assert.Equal((2, 1), (reading.Entries.Count(HashKind.Md5), reading.Count(ReadOutcome.Unread)));
        Assert.Equal([(2, true)], reading.Unread);
    }

    internal static ListReading Read(byte[] bytes, string kind = "") =>
        ListFile.Read(new MemoryStream(bytes), format: null, HashKindExtensions.FromName(kind), TestContext.Current.CancellationToken);

    internal static string Fixture(string file) => TestData.Fixture($"lists/{file}");

    private static string Counts(ListReading reading) => string.Join(", ", new[] { HashKind.Md5, HashKind.Sha1, HashKind.Sha256, HashKind.Pdq }
        .Select(kind => string.Create(CultureInfo.InvariantCulture, $"{reading.Entries.Count(kind)} {kind.ToName()}")));
}
