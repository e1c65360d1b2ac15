using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Options;

namespace TakeItDown.Matching.Tests.Scanning;

/// <summary>Options stand in groups; a key of an earlier version stops the host and names its place.</summary>
public sealed class GroupedOptionsTests
{
    [Fact]
    public void Groups_are_read_from_configuration()
    {
        using var provider = Build(("Video:MaximumTime", "00:05:00"), ("Decoding:MaximumPixels", "1000"), ("Sync:MaximumAge", "12:00:00"), ("Sync:ConfirmedShrinks:0", "npo"));

        var options = provider.GetRequiredService<IOptions<MatchingOptions>>().Value;
        Assert.Equal((TimeSpan.FromMinutes(5), 1000L), (options.Video.MaximumTime, options.Decoding.MaximumPixels));
        var sync = provider.GetRequiredService<IOptions<SyncOptions>>().Value;
        Assert.Equal((TimeSpan.FromHours(12), "npo"), (sync.MaximumAge, Assert.Single(sync.ConfirmedShrinks)));
    }

    [Theory]
    [InlineData("MaximumPixels", "Decoding:MaximumPixels")]
    [InlineData("maximumdecodebytes", "Decoding:MaximumDecodeBytes")]
    [InlineData("MaximumDecodes", "Decoding:MaximumDecodes")]
    [InlineData("Libvips", "Decoding:Libvips")]
    [InlineData("FrameInterval", "Video:FrameInterval")]
    [InlineData("KeyframesOnly", "Video:KeyframesOnly")]
    [InlineData("MinimumQueryShare", "Video:MinimumQueryShare")]
    [InlineData("MinimumListedShare", "Video:MinimumListedShare")]
    [InlineData("MaximumVideoPixels", "Video:MaximumPixels")]
    [InlineData("MaximumVideoDuration", "Video:MaximumDuration")]
    [InlineData("MaximumVideoTime", "Video:MaximumTime")]
    [InlineData("MaximumVideos", "Video:MaximumDecodes")]
    public void A_key_of_an_earlier_version_is_refused_and_its_new_name_told(string key, string now)
    {
        using var provider = Build((key, "1"));

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<MatchingOptions>>().Value).Message;

        Assert.Contains($"'{key}', which is '{now}' now", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Video:MaximumVideoTime")]
    [InlineData("Decoding:Pixels")]
    [InlineData("Sync:Interval")]
    public void A_slip_within_a_group_is_refused(string key)
    {
        using var provider = Build((key, "1"));

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<MatchingOptions>>().Value).Message;

        Assert.Contains($"'{key.Split(':')[1]}', which is no option", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sync_options_of_their_own_go_before_those_of_the_group(bool first)
    {
        var services = new ServiceCollection();
        if (first) services.Configure<SyncOptions>(options => options.RefreshInterval = TimeSpan.FromMinutes(11));
        services.AddTakeItDownMatching(options => (options.Sync.RefreshInterval, options.Sync.MaximumAge) = (TimeSpan.FromMinutes(22), TimeSpan.FromHours(3)));
        services.AddTakeItDownMatching();
        if (!first) services.Configure<SyncOptions>(options => options.RefreshInterval = TimeSpan.FromMinutes(11));
        using var provider = services.BuildServiceProvider();

        var sync = provider.GetRequiredService<IOptions<SyncOptions>>().Value;

        Assert.Equal((TimeSpan.FromMinutes(11), TimeSpan.FromHours(3)), (sync.RefreshInterval, sync.MaximumAge));
    }

    [Fact]
    public void A_change_of_the_group_is_followed()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Matching:Sync:MaximumAge", "12:00:00")]).Build();
        using var provider = new ServiceCollection().AddTakeItDownMatching(configuration.GetSection("Matching")).Services.BuildServiceProvider();
        var sync = provider.GetRequiredService<SteadyOptions<SyncOptions>>();
        Assert.Equal(TimeSpan.FromHours(12), sync.Get().MaximumAge);

        configuration["Matching:Sync:MaximumAge"] = "06:00:00";
        configuration.Reload();

        Assert.Equal(TimeSpan.FromHours(6), sync.Get().MaximumAge);
    }

    private static ServiceProvider Build(params (string Key, string Value)[] keys)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(keys.Select(key => KeyValuePair.Create("Matching:" + key.Key, (string?)key.Value))).Build();
        return new ServiceCollection().AddTakeItDownMatching(configuration.GetSection("Matching")).Services.BuildServiceProvider();
    }
}
