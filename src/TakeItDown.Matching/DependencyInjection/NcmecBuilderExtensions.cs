using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using TakeItDown.Matching;
using TakeItDown.Matching.DependencyInjection;
using TakeItDown.Matching.Registries.Ncmec;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers lists of registries that speak NCMEC's Hash Sharing protocol, version 2.</summary>
/// <remarks>
/// Each registry is served by an <see cref="HttpClient"/> named <c>TakeItDown.Ncmec/</c> and its name, to which a platform may add
/// handlers of its own. They see the registry's hashes and credentials: keep both out of logs.
/// </remarks>
public static class NcmecBuilderExtensions
{
    /// <summary>Adds a registry's list.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">What the platform calls the list; matches carry this name, and the store keeps the list under it.</param>
    /// <param name="configure">Sets the options.</param>
    public static IMatchingBuilder AddNcmecRegistry(this IMatchingBuilder builder, string name, Action<NcmecRegistryOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        AddRegistry(builder, name).Configure(configure);
        return builder;
    }

    /// <summary>Adds a registry's list with options from configuration. Changes are followed: a password can be replaced while the process runs.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">What the platform calls the list; matches carry this name, and the store keeps the list under it.</param>
    /// <param name="section">Holds what <see cref="NcmecRegistryOptions"/> names; any other key stops the host at its start.</param>
    public static IMatchingBuilder AddNcmecRegistry(this IMatchingBuilder builder, string name, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        AddRegistry(builder, name).Bind(section);
        builder.AddKnownKeys<NcmecRegistryOptions>(name, section, [
            nameof(NcmecRegistryOptions.Root), nameof(NcmecRegistryOptions.UserName), nameof(NcmecRegistryOptions.Password),
            nameof(NcmecRegistryOptions.Members), nameof(NcmecRegistryOptions.Kinds)]);
        return builder;
    }

    private static OptionsBuilder<NcmecRegistryOptions> AddRegistry(IMatchingBuilder builder, string name) => builder
        .AddRegistry<NcmecRegistryOptions, NcmecRegistryOptionsValidator, NcmecClient, NcmecListSource, NcmecFeedbackSource>(name, NcmecClient.HttpClientName(name));
}
