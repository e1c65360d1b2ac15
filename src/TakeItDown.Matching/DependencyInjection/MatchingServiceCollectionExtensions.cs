using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TakeItDown.Matching;
using TakeItDown.Matching.Content;
using TakeItDown.Matching.DependencyInjection;
using TakeItDown.Matching.Feedback;
using TakeItDown.Matching.Input;
using TakeItDown.Matching.Options;
using TakeItDown.Matching.Pictures;
using TakeItDown.Matching.Pictures.Bmp;
using TakeItDown.Matching.Pictures.Jpeg;
using TakeItDown.Matching.Pictures.Vips;
using TakeItDown.Matching.Scanning;
using TakeItDown.Matching.Videos;
using TakeItDown.Matching.Videos.Ffmpeg;
using TakeItDown.Matching.Videos.Moving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the matching of uploads against lists.</summary>
public static class MatchingServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IContentScanner"/>, <see cref="IContentHasher"/>, <see cref="IListManager"/> and <see cref="IListFeedback"/>, and hosted
    /// services that keep the lists fresh and send feedback. Add at least one registry to the builder, or every scan answers "list unavailable".
    /// </summary>
    public static IMatchingBuilder AddTakeItDownMatching(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<MatchingOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MatchingOptions>, MatchingOptionsValidator>());
        services.AddSyncing();
        services.TryAddSingleton(provider => new DecodeQueue(provider.GetRequiredService<IOptions<MatchingOptions>>().Value.Decoding.MaximumDecodes));
        services.TryAddSingleton<FfmpegProgram>();
        services.TryAddSingleton<VideoHasher>();
        services.TryAddSingleton<ScanLists>();
        services.TryAddSingleton<MediaPipeline>();
        services.TryAddSingleton<ContentScanner>();
        services.TryAddSingleton<IContentScanner, MeasuredScanner>();
        services.TryAddSingleton<IContentHasher, ContentHasher>();
        services.TryAddSingleton<PictureHasher>();
        services.AddHostedService<DecoderStartup>();
        services.AddHostedService<StartCheck>();
        services.AddHostedService<ReportOnlyStartup>();
        services.TryAddSingleton<ListFeedback>();
        services.TryAddSingleton<IListFeedback>(provider => provider.GetRequiredService<ListFeedback>());
        services.AddHostedService<FeedbackService>();
        AddDecoder<IImageDecoder, TurboJpegDecoder>(services, DecoderOrder.BuiltIn);
        AddDecoder<IImageDecoder, VipsDecoder>(services, DecoderOrder.BuiltIn + 10);
        AddDecoder<IImageDecoder, BmpDecoder>(services, DecoderOrder.BuiltIn + 20);
        AddDecoder<IVideoDecoder, MovingPictureDecoder>(services, DecoderOrder.BuiltIn);
        AddDecoder<IVideoDecoder, FfmpegDecoder>(services, DecoderOrder.BuiltIn + 10);
        return new MatchingBuilder(services);
    }

    /// <inheritdoc cref="AddTakeItDownMatching(IServiceCollection)"/>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options.</param>
    public static IMatchingBuilder AddTakeItDownMatching(this IServiceCollection services, Action<MatchingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.Configure(configure);
        return services.AddTakeItDownMatching();
    }

    /// <inheritdoc cref="AddTakeItDownMatching(IServiceCollection)"/>
    /// <param name="services">The services.</param>
    /// <param name="section">Holds options under the names of <see cref="MatchingOptions"/>; any other key stops the host at its start.</param>
    public static IMatchingBuilder AddTakeItDownMatching(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.Configure<MatchingOptions>(section);
        services.AddMatchingKeys(section);
        services.AddSingleton<IOptionsChangeTokenSource<SyncOptions>>(new ConfigurationChangeTokenSource<SyncOptions>(section));
        return services.AddTakeItDownMatching();
    }

    /// <summary>Registers a decoder of pictures.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="order">When it is asked. By default before the built-in ones; see <see cref="DecoderOrder"/>.</param>
    public static IMatchingBuilder AddImageDecoder<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDecoder>(
        this IMatchingBuilder builder, int order = DecoderOrder.First)
        where TDecoder : class, IImageDecoder
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddDecoder<IImageDecoder, TDecoder>(builder.Services, order);
        return builder;
    }

    /// <summary>Registers a decoder of videos.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="order">When it is asked. By default before the built-in ones; see <see cref="DecoderOrder"/>.</param>
    public static IMatchingBuilder AddVideoDecoder<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDecoder>(
        this IMatchingBuilder builder, int order = DecoderOrder.First)
        where TDecoder : class, IVideoDecoder
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddDecoder<IVideoDecoder, TDecoder>(builder.Services, order);
        return builder;
    }

    private static void AddDecoder<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TDecoder>(IServiceCollection services, int order)
        where TService : class, IDecoder
        where TDecoder : class, TService
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<TService, TDecoder>());
        services.AddSingleton(new DecoderRank(typeof(TDecoder), order));
    }

    private sealed class MatchingBuilder(IServiceCollection services) : IMatchingBuilder
    {
        public IServiceCollection Services => services;
    }
}
