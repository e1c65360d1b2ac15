using Microsoft.Extensions.Logging;
using TakeItDown.Matching.Registries.Ncmec;

namespace TakeItDown.Matching.Tests.Registries.Ncmec;

/// <summary>Whose entries are kept: a wrong id must not pass for an empty list.</summary>
public sealed class MembersTests : IAsyncLifetime
{
    private readonly SwiftTime _time = new();
    private readonly Matching.Storage.InMemoryListStore _store = new();
    private FakeRegistry _registry = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync(_time);
        _registry.Put(new FakeEntry("42", "a", _time.GetUtcNow() - TimeSpan.FromDays(1), ("md5", SyncHost.Hex(HashKind.Md5, 1))));
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    [Fact]
    public async Task Members_that_are_kept_are_named_once()
    {
        using var host = Host("42", "7");

        await host.RefreshAsync();
        await host.RefreshAsync();

        var told = Assert.Single(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Information, Id.Id: 127 });
        Assert.Contains("42 (A member), 7 (Another member)", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("42", "4711")]
    public async Task An_id_that_the_registry_does_not_have_leaves_the_list_never_synced_and_names_those_that_exist(params string[] members)
    {
        using var host = Host(members);

        var result = await host.RefreshAsync();

        Assert.Contains("Members names 4711, which it does not have; it has 42 (A member), 7 (Another member)", result.Error, StringComparison.Ordinal);
        Assert.Equal(ListFreshness.NeverSynced, host.Status.Freshness);
        Assert.Empty(_registry.Requests);

        // It is looked for again, and found once the registry has it.
        _registry.Members!["4711"] = "Late";
        Assert.Null((await host.RefreshAsync()).Error);
    }

    [Fact]
    public async Task A_list_that_was_complete_goes_on_when_a_member_leaves()
    {
        using (var first = Host("42", "7")) await first.RefreshAsync();
        _registry.Members!.Remove("42");

        using var second = Host("42", "7");
        await second.Manager.LoadAsync();
        Assert.Null((await second.RefreshAsync()).Error);

        Assert.Equal((ListFreshness.Fresh, 1), (second.Status.Freshness, second.Status.Entries));
        Assert.Single(second.Logs.GetSnapshot(), record => record is { Level: LogLevel.Error, Id.Id: 128 });
    }

    [Fact]
    public async Task A_list_of_which_every_member_is_unknown_is_refreshed_no_more_and_what_is_known_stays()
    {
        using (var first = Host("42")) await first.RefreshAsync();
        _registry.Members!.Remove("42");

        using var second = Host("42");
        await second.Manager.LoadAsync();
        Assert.Contains("Members names 42, which it does not have", (await second.RefreshAsync()).Error, StringComparison.Ordinal);

        Assert.Equal(1, second.Status.Entries);
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("42", "4711")]
    public async Task A_wrong_id_is_told_although_the_members_could_not_be_had_before_the_first_page(params string[] members)
    {
        for (var i = 0; i < 9; i++) _registry.Put(new FakeEntry("42", $"b{i}", _time.GetUtcNow() - TimeSpan.FromDays(1), ("md5", SyncHost.Hex(HashKind.Md5, 2 + i))));
        _registry.PageSize = 1;
        var (known, pages) = (_registry.Members, 0);
        _registry.Members = null;
        _registry.Fault = async context =>
        {
            if (context.Request.Path != "/npo/v2/members" && ++pages <= 4) return false;
            context.Response.StatusCode = 503;
            await context.Response.CompleteAsync();
            return true;
        };
        using (var first = Host(members)) Assert.NotNull((await first.RefreshAsync()).Error);
        Assert.NotNull((await _store.FindAsync("test"))?.Cursor);
        (_registry.Members, _registry.Fault) = (known, null);

        using var second = Host(members);
        Assert.Contains("Members names 4711, which it does not have", (await second.RefreshAsync()).Error, StringComparison.Ordinal);

        Assert.Equal(ListFreshness.NeverSynced, second.Status.Freshness);
    }

    [Fact]
    public async Task A_registry_without_members_is_asked_for_them_once()
    {
        _registry.Members = null;
        using var host = Host("42");

        await host.RefreshAsync();
        await host.RefreshAsync();

        Assert.Single(_registry.Requests, request => request.EndsWith("/v2/members", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registry_that_does_not_tell_its_members_is_read_all_the_same()
    {
        _registry.Members = null;
        using var host = Host("42");

        Assert.Null((await host.RefreshAsync()).Error);

        Assert.Equal(1, host.Status.Entries);
        Assert.Single(host.Logs.GetSnapshot(), record => record is { Level: LogLevel.Warning, Id.Id: 129 });
    }

    [Fact]
    public async Task A_star_keeps_every_member_and_a_list_that_was_read_without_a_choice_goes_on()
    {
        _registry.Put(new FakeEntry("7", "b", _time.GetUtcNow() - TimeSpan.FromDays(1), ("md5", SyncHost.Hex(HashKind.Md5, 2))));
        using var host = Host("*");
        await host.RefreshAsync();

        Assert.Equal(2, host.Status.Entries);
        var options = new NcmecRegistryOptions { Root = _registry.Root };
        var before = new NcmecFilter(options).Scope;
        options.Members.Add("*");
        Assert.Equal(before, new NcmecFilter(options).Scope);
    }

    [Fact]
    public async Task A_name_cannot_draw_in_a_log()
    {
        _registry.Members!["42"] = "A\u202Emem\u200Bber\n" + new string('x', 500);
        using var host = Host("42");

        await host.RefreshAsync();

        Assert.Contains($"42 (Amember{new string('x', 93)})", Assert.Single(host.Logs.GetSnapshot(), record => record.Id.Id == 127).Message, StringComparison.Ordinal);
    }

    private SyncHost Host(params string[] members) => new(_time, _registry, options =>
    {
        foreach (var member in members) options.Members.Add(member);
    }, _store);
}
