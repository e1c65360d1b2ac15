using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Registry.Limits;

/// <summary>How often one address may submit, and look up or withdraw. Addresses are told apart by a token only, see <see cref="AddressTokens"/>.</summary>
internal static class RateLimits
{
    public const string Submissions = "submissions";
    public const string Lookups = "lookups";

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<AddressTokens>();
        services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Submissions, context => PerMinute(context, options => options.SubmissionsPerMinute));
            limiter.AddPolicy(Lookups, context => PerMinute(context, options => options.LookupsPerMinute));
            limiter.OnRejected = RefuseAsync;
        });
        return services;
    }

    /// <summary>A minute's worth at once, then one at a time as the minute goes by.</summary>
    private static RateLimitPartition<string> PerMinute(HttpContext context, Func<RegistryOptions, int> setting)
    {
        var most = setting(context.RequestServices.GetRequiredService<IOptions<RegistryOptions>>().Value);
        var token = context.RequestServices.GetRequiredService<AddressTokens>().For(context.Connection.RemoteIpAddress);
        return RateLimitPartition.GetTokenBucketLimiter(token, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = most,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / most,
        });
    }

    private static async ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : TimeSpan.FromMinutes(1);
        var response = rejected.HttpContext.Response;
        response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await Results.Problem("Too many requests came from here. Wait a little and try again.", statusCode: StatusCodes.Status429TooManyRequests)
            .ExecuteAsync(rejected.HttpContext);
    }
}
