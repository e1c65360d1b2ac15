using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;

namespace TakeItDown.Matching.PublicApi.Tests;

/// <summary>Values of enumerations are words in JSON, as the tool prints them, and in configuration.</summary>
public partial class EnumWordTests
{
    public static TheoryData<string> Enums =>
        [.. new[] { typeof(Verdict), typeof(MatchingOptions), typeof(UploadScan) }.SelectMany(type => type.Assembly.GetExportedTypes()).Where(type => type.IsEnum).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Enums))]
    public void Every_value_is_written_as_a_word_and_read_in_any_case(string name)
    {
        var type = new[] { typeof(Verdict), typeof(MatchingOptions), typeof(UploadScan) }.Select(one => one.Assembly.GetType(name)).First(one => one is not null)!;
        foreach (var value in Enum.GetValues(type))
        {
            var written = JsonSerializer.Serialize(value, type);
            Assert.True(written == $"\"{Word(value)}\"", $"{name} is written as {written}: put [JsonConverter(typeof(EnumWordConverter<{type.Name}>))] on it.");
            foreach (var text in (string[])[written, written.ToUpperInvariant(), $"\"{value}\"", Enum.Format(type, value, "d")]) Assert.Equal(value, JsonSerializer.Deserialize(text, type));
        }
    }

    [Fact]
    public void Kinds_of_hash_have_the_names_that_lists_use()
    {
        foreach (var kind in Enum.GetValues<HashKind>()) Assert.Equal($"\"{kind.ToName()}\"", JsonSerializer.Serialize(kind));
        Assert.Equal("\"md5, pdq\"", JsonSerializer.Serialize(HashKinds.Md5 | HashKinds.Pdq));
        Assert.Equal(HashKinds.Md5 | HashKinds.Pdq, JsonSerializer.Deserialize<HashKinds>("\"PDQ, md5\""));
    }

    [Fact]
    public void Words_are_written_without_reflection_too()
    {
        var match = new Match { List = "l", Entry = "e", Member = "m", Kind = HashKind.Pdq, Orientation = Orientation.AsDisplayed };
        var json = JsonSerializer.Serialize(match, Words.Default.Match);
        Assert.Contains("\"Kind\":\"pdq\"", json, StringComparison.Ordinal);
        Assert.Contains("\"Orientation\":\"asDisplayed\"", json, StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize(json, Words.Default.Match)!;
        Assert.Equal((match.Kind, match.Orientation, match.Way), (read.Kind, read.Orientation, read.Way));
    }

    [Theory]
    [InlineData("asDisplayed")]
    [InlineData("ASDISPLAYED")]
    [InlineData("AsDisplayed")]
    public void Configuration_reads_the_words_in_any_case(string word)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Orientation", word)]).Build();
        Assert.Equal(Orientation.AsDisplayed, configuration.GetValue<Orientation>("Orientation"));
    }

    private static string Word(object value) => string.Join(", ", value.ToString()!.Split(", ").Select(name => char.ToLowerInvariant(name[0]) + name[1..]));

    [JsonSerializable(typeof(Match))]
    internal sealed partial class Words : JsonSerializerContext;
}
