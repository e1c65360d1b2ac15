using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TakeItDown.Matching.Options;
using TakeItDown.Matching.Registries;

namespace TakeItDown.Matching.DependencyInjection;

/// <summary>What every registry needs, whatever its protocol.</summary>
internal static class RegistryBuilderExtensions
{
    /// <summary>
    /// Registers a list's source, what gives it feedback, the client that both use, the HTTP client beneath, and the options.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name of the list, which each of them takes, and of its options.</param>
    /// <param name="clientName">The name of the HTTP client.</param>
    public static OptionsBuilder<TOptions> AddRegistry<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TValidator,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TClient,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFeedback>(
        this IMatchingBuilder builder, string name, string clientName)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
        where TClient : class
        where TSource : class, IListSource
        where TFeedback : class, IFeedbackSource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        services.AddRegistryHttpClient(clientName);
        services.AddKeyedSingleton(name, static (provider, key) => ActivatorUtilities.CreateInstance<TClient>(provider, key!));
        builder.AddListSource(name, provider => ActivatorUtilities.CreateInstance<TSource>(provider, name, provider.GetRequiredKeyedService<TClient>(name)));
        services.AddSingleton<IFeedbackSource>(provider => ActivatorUtilities.CreateInstance<TFeedback>(provider, name, provider.GetRequiredKeyedService<TClient>(name)));
        return services.AddOptions<TOptions>(name).ValidateOnStart();
    }

    /// <summary>Refuses any other key in a registry's section.</summary>
    public static void AddKnownKeys<TOptions>(this IMatchingBuilder builder, string name, IConfigurationSection section, IReadOnlyList<string> known)
        where TOptions : class => builder.Services
            .AddSingleton(new RegistrySection(name, typeof(TOptions), section))
            .AddSingleton<IValidateOptions<TOptions>>(new KnownKeys<TOptions>($"Registry '{name}'", name, section, known));
}
