using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TakeItDown.Matching.Options;

/// <summary>The keys of a section of <see cref="MatchingOptions"/>.</summary>
internal static class MatchingKeys
{
    private static readonly string[] Root =
    [
        nameof(MatchingOptions.PdqDistance), nameof(MatchingOptions.MinimumQuality), nameof(MatchingOptions.AllOrientations), nameof(MatchingOptions.ReportOnly),
        nameof(MatchingOptions.MaximumBytes), nameof(MatchingOptions.MaximumScanTime), nameof(MatchingOptions.BufferBytes), nameof(MatchingOptions.TemporaryDirectory),
        nameof(MatchingOptions.Decoding), nameof(MatchingOptions.Video), nameof(MatchingOptions.Sync),
    ];

    private static readonly string[] Decoding =
        [nameof(DecodingOptions.MaximumPixels), nameof(DecodingOptions.MaximumDecodeBytes), nameof(DecodingOptions.MaximumDecodes), nameof(DecodingOptions.Libvips)];

    private static readonly string[] Video =
    [
        nameof(VideoOptions.FrameInterval), nameof(VideoOptions.KeyframesOnly), nameof(VideoOptions.MinimumQueryShare), nameof(VideoOptions.MinimumListedShare),
        nameof(VideoOptions.MaximumPixels), nameof(VideoOptions.MaximumDuration), nameof(VideoOptions.MaximumTime), nameof(VideoOptions.MaximumDecodes),
    ];

    private static readonly string[] Sync =
    [
        nameof(SyncOptions.RefreshInterval), nameof(SyncOptions.MaximumAge), nameof(SyncOptions.ReconcileInterval), nameof(SyncOptions.ConfirmedShrinks),
        nameof(SyncOptions.RefusedShrinks),
    ];

    /// <summary>The keys of versions before options were grouped.</summary>
    private static readonly FrozenDictionary<string, string> Moved = new Dictionary<string, string>
    {
        ["MaximumPixels"] = "Decoding:MaximumPixels",
        ["MaximumDecodeBytes"] = "Decoding:MaximumDecodeBytes",
        ["MaximumDecodes"] = "Decoding:MaximumDecodes",
        ["Libvips"] = "Decoding:Libvips",
        ["FrameInterval"] = "Video:FrameInterval",
        ["KeyframesOnly"] = "Video:KeyframesOnly",
        ["MinimumQueryShare"] = "Video:MinimumQueryShare",
        ["MinimumListedShare"] = "Video:MinimumListedShare",
        ["MaximumVideoPixels"] = "Video:MaximumPixels",
        ["MaximumVideoDuration"] = "Video:MaximumDuration",
        ["MaximumVideoTime"] = "Video:MaximumTime",
        ["MaximumVideos"] = "Video:MaximumDecodes",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses every other key at the start, and says what an earlier version's key is called now.</summary>
    public static void AddMatchingKeys(this IServiceCollection services, IConfigurationSection section)
    {
        Add(section, Root, Moved);
        Add(section.GetSection(nameof(MatchingOptions.Decoding)), Decoding);
        Add(section.GetSection(nameof(MatchingOptions.Video)), Video);
        Add(section.GetSection(nameof(MatchingOptions.Sync)), Sync);

        void Add(IConfigurationSection part, string[] known, IReadOnlyDictionary<string, string>? moved = null) =>
            services.AddSingleton<IValidateOptions<MatchingOptions>>(new KnownKeys<MatchingOptions>("Matching", Microsoft.Extensions.Options.Options.DefaultName, part, known, moved));
    }
}
