using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using TakeItDown.Matching;
using TakeItDown.Matching.DependencyInjection;
using TakeItDown.Matching.Registries.StopNcii;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the list of StopNCII.org, which does for adults what Take It Down does for those under 18.</summary>
/// <remarks>
/// The list is served by an <see cref="HttpClient"/> named <c>TakeItDown.StopNcii/</c> and its name, to which a platform may add handlers of
/// its own. They see the registry's hashes and keys: keep both out of logs.
/// </remarks>
public static class StopNciiBuilderExtensions
{
    /// <summary>Adds the list.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">What the platform calls the list; matches carry this name, and the store keeps the list under it.</param>
    /// <param name="configure">Sets the options.</param>
    public static IMatchingBuilder AddStopNcii(this IMatchingBuilder builder, string name, Action<StopNciiOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        AddRegistry(builder, name).Configure(configure);
        return builder;
    }

    /// <summary>Adds the list with options from configuration. Changes are followed: keys can be replaced while the process runs.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">What the platform calls the list; matches carry this name, and the store keeps the list under it.</param>
    /// <param name="section">Holds what <see cref="StopNciiOptions"/> names; any other key stops the host at its start.</param>
    public static IMatchingBuilder AddStopNcii(this IMatchingBuilder builder, string name, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        AddRegistry(builder, name).Bind(section);
        builder.AddKnownKeys<StopNciiOptions>(name, section, [nameof(StopNciiOptions.Root), nameof(StopNciiOptions.FunctionKey), nameof(StopNciiOptions.FeedbackKey), nameof(StopNciiOptions.SubscriptionKey)]);
        return builder;
    }

    private static OptionsBuilder<StopNciiOptions> AddRegistry(IMatchingBuilder builder, string name) => builder
        .AddRegistry<StopNciiOptions, StopNciiOptionsValidator, StopNciiClient, StopNciiListSource, StopNciiFeedbackSource>(name, StopNciiClient.HttpClientName(name));
}
