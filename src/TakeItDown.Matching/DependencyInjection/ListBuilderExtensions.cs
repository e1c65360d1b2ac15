using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using TakeItDown.Matching;
using TakeItDown.Matching.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets how uploads are compared with each list.</summary>
public static class ListBuilderExtensions
{
    /// <summary>Sets the options of one list, from whichever registry it comes.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name under which the list is registered; another stops the host at its start.</param>
    /// <param name="configure">Sets the options.</param>
    public static IMatchingBuilder ConfigureList(this IMatchingBuilder builder, string name, Action<ListOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        AddList(builder, name).Configure(configure);
        return builder;
    }

    /// <inheritdoc cref="ConfigureList(IMatchingBuilder, string, Action{ListOptions})"/>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name under which the list is registered; another stops the host at its start.</param>
    /// <param name="section">Holds what <see cref="ListOptions"/> names; any other key stops the host at its start. Changes are followed.</param>
    public static IMatchingBuilder ConfigureList(this IMatchingBuilder builder, string name, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        AddList(builder, name).Bind(section);
        builder.Services.AddSingleton<IValidateOptions<ListOptions>>(new KnownKeys<ListOptions>($"List '{name}'", name, section, [
            nameof(ListOptions.Enabled), nameof(ListOptions.Mode), nameof(ListOptions.TrafficShare), nameof(ListOptions.Kinds), nameof(ListOptions.PdqDistance),
            nameof(ListOptions.AcceptStale), nameof(ListOptions.Suppressed), nameof(ListOptions.SuppressedHashes), nameof(ListOptions.FloodLimit),
            nameof(ListOptions.FloodWindow), nameof(ListOptions.QuarantineFloods)]));
        return builder;
    }

    private static OptionsBuilder<ListOptions> AddList(IMatchingBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        // A slip in the name would leave the list as it is by default, in silence.
        return builder.Services.AddOptions<ListOptions>(name)
            .Validate<IEnumerable<IListSource>>(
                (_, sources) => sources.Any(source => source.Name == name),
                $"The list '{name}' is configured, but no registry is registered under that name; correct one of the two.")
            .ValidateOnStart();
    }
}
