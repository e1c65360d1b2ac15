using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Registry.Faults;
using Registry.Intake;
using Registry.Limits;
using Registry.Model;
using Registry.Pages;
using Registry.Sharing;
using Registry.Storage;

namespace Registry;

/// <summary>The registry as an ASP.NET application: the person's side at <c>/</c>, the members' side under <see cref="RegistryOptions.Root"/>.</summary>
public static class RegistryApp
{
    /// <summary>Builds the application; running it is the caller's.</summary>
    /// <param name="args">The command line, such as <c>--urls http://127.0.0.1:0 --Registry:Database registry.db</c>.</param>
    /// <param name="configure">
    /// A last word on services and settings. A <see cref="TimeProvider"/> registered here is the registry's clock;
    /// <see cref="RegistryFaults"/> registered here lets a test make answers go wrong.
    /// </param>
    /// <exception cref="OptionsValidationException">A setting is missing or wrong; the message says which.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = IntakeEndpoints.LongestDiscarded;
        });
        // Request logs hold paths, and so case numbers: the framework only logs what went wrong.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        AddServices(builder.Services, builder.Configuration);
        configure?.Invoke(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);

        var app = builder.Build();
        var options = app.Services.GetRequiredService<IOptions<RegistryOptions>>().Value;
        app.Services.GetRequiredService<RegistryDatabase>(); // a database that cannot be opened is found now, not by the first caller
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => Results.Problem("Something went wrong here. Try again later.").ExecuteAsync(context),
        });
        app.UseUnreadBodies();
        if (app.Services.GetService<RegistryFaults>() is { } faults) app.UseFaults(faults);
        app.UseMiddleware<MemberAuthentication>();
        app.UseRouting();
        app.UseRateLimiter();
        app.MapSharing(options.Root);
        app.MapIntake();
        app.MapPages();
        return app;
    }

    private static void AddServices(IServiceCollection services, ConfigurationManager configuration)
    {
        services.AddOptions<RegistryOptions>().Bind(configuration.GetSection("Registry"));
        services.AddSingleton<IValidateOptions<RegistryOptions>, RegistryOptionsValidator>();
        services.AddRateLimits();
        services.AddPages();
        services.AddSingleton<MemberDirectory>();
        services.AddSingleton<GuessLimits>();
        services.AddSingleton<PageLinks>();
        services.AddSingleton<RegistryDatabase>();
        services.AddSingleton<CaseStore>();
        services.AddSingleton<FeedbackStore>();
        services.AddSingleton(provider => new RegistryStore(
            provider.GetRequiredService<RegistryDatabase>(), provider.GetRequiredService<MemberDirectory>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ReadLog(provider.GetRequiredService<RegistryDatabase>()));
    }
}
