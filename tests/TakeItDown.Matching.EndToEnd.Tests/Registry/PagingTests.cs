using System.Net;
using static TakeItDown.Matching.EndToEnd.Tests.Registry.RegistryHost;

namespace TakeItDown.Matching.EndToEnd.Tests.Registry;

public sealed class PagingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task Pages_give_every_entry_once_in_order_of_arrival(int size)
    {
        await using var registry = await StartAsync("--Registry:PageSize", $"{size}");
        registry.Store.Put(Enumerable.Range(0, 10).Select(i => i % 3 == 0 ? Samples.Video(Other, $"{i}", 100 - i) : Samples.Image(Other, $"{i}", 100 - i)));

        var pages = await registry.PagesAsync(Window(0, 100));
        Assert.Equal((10 + size - 1) / size, pages.Count);
        Assert.All(pages, page => Assert.InRange(Entries(page).Count(), 1, size));
        Assert.All(pages, page => Assert.All(page.Elements().Where(one => one.Attribute("count") is not null),
            block => Assert.Equal(block.Elements().Count(), (int)block.Attribute("count")!)));
        var ids = pages.SelectMany(page => Entries(page).Select(Id).Order()).ToList();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), ids.Order());
        Assert.Equal("0", Id(Entries(pages[0]).MinBy(Id)!)); // the newest by time, the first to arrive
    }

    [Fact]
    public async Task Next_is_relative_to_the_root_and_keeps_the_window()
    {
        await using var registry = await StartAsync("--Registry:PageSize", "2");
        registry.Store.Put(Enumerable.Range(1, 5).Select(i => Samples.Image(Other, $"{i}", i)));

        var next = Next(await registry.XmlAsync("/v2/entries" + Window(0, 9)))!;
        Assert.StartsWith("/v2/entries?from=2026-05-01T12%3A00%3A00Z&to=2026-05-01T12%3A00%3A09Z&start=3&size=2&max=5", next);
        Assert.Equal(["3", "4"], Entries(await registry.XmlAsync(next)).Select(Id));
        Assert.Equal(["3", "4"], Entries(await registry.XmlAsync(next)).Select(Id));
    }

    [Fact]
    public async Task Pages_stay_stable_while_entries_come_change_and_go()
    {
        await using var registry = await StartAsync("--Registry:PageSize", "2");
        registry.Store.Put(Enumerable.Range(1, 7).Select(i => Samples.Image(Other, $"{i}", i)));
        registry.Clock.Now = Start.AddSeconds(20);
        var window = Window(0, 20);

        var first = await registry.XmlAsync("/v2/entries" + window);
        registry.Store.Put([Samples.Image(Other, "1", 0) with { Timestamp = null }, Samples.Image(Other, "5", 0) with { Timestamp = null }]);
        registry.Store.Delete(Other, "2");
        registry.Store.Delete(Other, "6");
        registry.Store.Put([Samples.Image(Other, "8", 0) with { Timestamp = null }]);
        var second = await registry.XmlAsync(Next(first)!);
        var third = await registry.XmlAsync(Next(second)!);

        Assert.Equal(["1", "2", "3", "4", "7"], Entries(first).Concat(Entries(second)).Concat(Entries(third)).Select(Id));
        Assert.Null(Next(third));
        registry.Clock.Now = Start.AddSeconds(30);
        var after = await registry.EntriesAsync(Window(20, 30));
        Assert.Equal(
            ["image 1", "deletedImage 2", "image 5", "deletedImage 6", "image 8"], after.Select(entry => $"{entry.Name.LocalName} {Id(entry)}"));
    }

    [Theory]
    [InlineData("from=2026-05-01T12%3A00%3A00Z", "from=2026-05-01T12%3A00%3A01Z")]
    [InlineData("to=2026-05-01T12%3A00%3A09Z", "to=2026-05-01T12%3A00%3A08Z")]
    [InlineData("start=3", "start=4")]
    [InlineData("size=2", "size=1000000")]
    [InlineData("max=5", "max=4")]
    [InlineData("max=5", "max=many")]
    [InlineData("sequence=3", "sequence=4")]
    [InlineData("last=5", "last=4")]
    [InlineData("issued=", "issued=9")]
    [InlineData("signature=", "signature=A")]
    [InlineData("&signature=", "&was=")]
    public async Task A_next_that_was_not_given_is_refused(string part, string instead)
    {
        await using var registry = await StartAsync("--Registry:PageSize", "2");
        registry.Store.Put(Enumerable.Range(1, 5).Select(i => Samples.Image(Other, $"{i}", i)));
        var next = Next(await registry.XmlAsync("/v2/entries" + Window(0, 9)))!;
        Assert.Contains(part, next);

        using var response = await registry.Member.GetAsync("/npo" + next.Replace(part, instead));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_next_is_good_for_its_reader_and_for_twelve_hours()
    {
        await using var registry = await StartAsync("--Registry:PageSize", "2");
        registry.Store.Put(Enumerable.Range(1, 5).Select(i => Samples.Image(Other, $"{i}", i)));
        var next = "/npo" + Next(await registry.XmlAsync("/v2/entries" + Window(0, 9)));

        using var limited = registry.Client("limited");
        using var others = await limited.GetAsync(next);
        Assert.Equal(HttpStatusCode.BadRequest, others.StatusCode);
        registry.Clock.Now += TimeSpan.FromHours(12);
        using var late = await registry.Member.GetAsync(next);
        Assert.Equal(HttpStatusCode.OK, late.StatusCode);
        registry.Clock.Now += TimeSpan.FromSeconds(1);
        using var tooLate = await registry.Member.GetAsync(next);
        Assert.Equal(HttpStatusCode.BadRequest, tooLate.StatusCode);
    }

    [Fact]
    public async Task A_flood_in_one_second_is_paged_like_any_window()
    {
        await using var registry = await StartAsync();
        registry.Store.Put(Enumerable.Range(0, 2500).Select(i => Samples.Image(Other, $"{i}", 5)));
        var pages = await registry.PagesAsync(Window(4, 5));
        Assert.Equal([1000, 1000, 500], pages.Select(page => Entries(page).Count()));
        Assert.Equal(2500, pages.SelectMany(Entries).Select(Id).Distinct().Count());
    }

    [Fact]
    public async Task A_page_with_very_many_hashes_ends_early()
    {
        await using var registry = await StartAsync();
        var film = Samples.Video(Other, "", 1) with { Hashes = [.. Enumerable.Range(0, 3600).Select(i => Samples.Pdq($"{i}"))] };
        registry.Store.Put(Enumerable.Range(0, 30).Select(i => film with { Id = $"{i}" }));

        var pages = await registry.PagesAsync(Window(0, 9));
        Assert.Equal([13, 13, 4], pages.Select(page => Entries(page).Count()));
        Assert.All(pages.SelectMany(Entries), entry => Assert.Equal(3600, entry.Descendants(Ns + "pdq").Count()));
    }
}
