extern alias ReferenceRegistry;

using System.Net;
using ReferenceRegistry::Registry.Storage;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

public sealed class EntriesTests
{
    [Fact]
    public async Task An_empty_list_has_both_blocks_with_no_entries()
    {
        await using var registry = await StartAsync();
        var page = await registry.XmlAsync("/v2/entries");

        Assert.Equal(Ns + "queryResult", page.Name);
        Assert.Equal(["images", "videos"], page.Elements().Select(block => block.Name.LocalName));
        Assert.All(page.Elements(), block => Assert.Equal(["count"], block.Attributes().Where(a => !a.IsNamespaceDeclaration).Select(a => a.Name.LocalName)));
        Assert.All(page.Elements(), block => Assert.Equal("0", block.Attribute("count")!.Value));
    }

    [Fact]
    public async Task An_entry_is_written_as_the_protocol_says()
    {
        await using var registry = await StartAsync();
        registry.Store.Put([Image("a", 5, classification: "A1"), Samples.Video(Other, "b", 9)]);

        var page = await registry.XmlAsync("/v2/entries" + Window(0, 10));
        var (images, videos) = (page.Element(Ns + "images")!, page.Element(Ns + "videos")!);
        Assert.Equal(("1", Stamp(5)), (images.Attribute("count")!.Value, images.Attribute("maxTimestamp")!.Value));
        Assert.Equal(("1", Stamp(9)), (videos.Attribute("count")!.Value, videos.Attribute("maxTimestamp")!.Value));
        var image = images.Element(Ns + "image")!;
        Assert.Equal(["member", "timestamp", "id", "classification", "fingerprints"], image.Elements().Select(one => one.Name.LocalName));
        Assert.Equal(("9", "Another Member"), (image.Element(Ns + "member")!.Attribute("id")!.Value, image.Element(Ns + "member")!.Value));
        Assert.Equal((Stamp(5), "a", "A1"), (image.Element(Ns + "timestamp")!.Value, Id(image), image.Element(Ns + "classification")!.Value));
        var expected = Samples.Hashes("a").Select(hash => (hash.Kind.ToName(), hash.ToHexString()));
        Assert.Equal(expected, image.Element(Ns + "fingerprints")!.Elements().Select(one => (one.Name.LocalName, one.Value)));
        Assert.Null(Next(page));
    }

    [Fact]
    public async Task Of_several_pdq_hashes_of_a_picture_the_upright_one_comes_last()
    {
        await using var registry = await StartAsync();
        var ways = Enumerable.Range(0, 8).Select(way => Samples.Pdq($"way {way}")).ToList();
        await registry.SubmitAsync(Samples.ItemJson("image", [ways[0], Samples.Hashes("picture")[0], .. ways[1..]]), Samples.ItemJson("video", ways));
        registry.Clock.Now = Start.AddSeconds(10);

        var entries = await registry.EntriesAsync();
        var picture = entries.Single(entry => entry.Name == Ns + "image").Element(Ns + "fingerprints")!.Elements().ToList();
        Assert.Equal(ways[0].ToHexString(), picture[^1].Value);
        Assert.Equal(ways[1..].Append(ways[0]).Select(hash => hash.ToHexString()), picture.Where(one => one.Name == Ns + "pdq").Select(one => one.Value));
        Assert.Equal(9, picture.Count);
        // A video's are of its frames, in their order.
        var video = entries.Single(entry => entry.Name == Ns + "video").Element(Ns + "fingerprints")!.Elements();
        Assert.Equal(ways.Select(hash => hash.ToHexString()), video.Select(one => one.Value));
    }

    [Fact]
    public async Task A_deleted_entry_is_a_tombstone_without_hashes()
    {
        await using var registry = await StartAsync();
        registry.Store.Put([Image("a", 1), Samples.Video(Other, "b", 2)]);
        registry.Clock.Now = Start.AddSeconds(20);
        Assert.Equal(2, registry.Store.Delete(Other, "a", "b", "unknown"));
        Assert.Equal(0, registry.Store.Delete(Other, "a"));

        var entries = await registry.EntriesAsync(Window(10, 30));
        Assert.Equal(["deletedImage", "deletedVideo"], entries.Select(entry => entry.Name.LocalName));
        Assert.All(entries, entry => Assert.Equal(["member", "id", "timestamp"], entry.Elements().Select(one => one.Name.LocalName)));
        Assert.All(entries, entry => Assert.Equal(Stamp(21), entry.Element(Ns + "timestamp")!.Value));
        Assert.Empty(await registry.EntriesAsync(Window(0, 10)));
    }

    [Fact]
    public async Task From_is_exclusive_and_to_inclusive()
    {
        await using var registry = await StartAsync();
        registry.Store.Put(Enumerable.Range(1, 5).Select(second => Image($"{second}", second)));

        Assert.Equal(["3", "4"], (await registry.EntriesAsync(Window(2, 4))).Select(Id));
        Assert.Equal(["3", "4"], (await registry.EntriesAsync($"?from={Stamp(2).Replace("Z", ".900Z")}&to={Stamp(4).Replace("Z", ".100Z")}")).Select(Id));
        Assert.Empty(await registry.EntriesAsync(Window(4, 4)));
        Assert.Equal(["1", "2"], (await registry.EntriesAsync($"?to={Stamp(2)}")).Select(Id));
        registry.Clock.Now = Start.AddSeconds(4);
        Assert.Equal(["4"], (await registry.EntriesAsync($"?from={Stamp(3)}")).Select(Id));
    }

    [Theory]
    [InlineData("?from=yesterday")]
    [InlineData("?from=2026-05-01T12:00:00")]
    [InlineData("?from=2026-05-01T12:00:00%2B02:00")]
    [InlineData("?from=2026-05-01T12:00:00Z&from=2026-05-01T12:00:00Z")]
    [InlineData("?from=2026-05-01T12:00:01Z&to=2026-05-01T12:00:00Z")]
    [InlineData("?start=1")]
    [InlineData("?from=2026-05-01T12:00:00Z&to=2026-05-01T12:00:09Z&start=1&size=10&max=99&issued=0&signature=x")]
    public async Task A_query_that_makes_no_sense_is_refused(string query)
    {
        await using var registry = await StartAsync();
        using var response = await registry.Member.GetAsync("/npo/v2/entries" + query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(registry.Reads.All());
    }

    [Fact]
    public async Task What_is_added_now_enters_no_window_that_has_ended()
    {
        await using var registry = await StartAsync();
        registry.Clock.Now = Start.AddSeconds(10);
        Assert.Empty(await registry.EntriesAsync(Window(0, 10)));
        await registry.SubmitAsync(Samples.ImageJson("late"));

        Assert.Empty(await registry.EntriesAsync(Window(0, 10)));
        registry.Clock.Now = Start.AddSeconds(11);
        Assert.Single(await registry.EntriesAsync(Window(10, 11)));
    }

    private static RegistryEntry Image(string id, int second, string? classification = null) => Samples.Image(Other, id, second, classification);
}
