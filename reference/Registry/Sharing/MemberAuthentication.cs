using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Registry.Limits;
using Registry.Model;

namespace Registry.Sharing;

/// <summary>Lets nobody under the protocol's root without a member's name and password, whether the path exists or not.</summary>
internal sealed class MemberAuthentication(RequestDelegate next, MemberDirectory members, GuessLimits guesses, IOptions<RegistryOptions> options)
{
    private readonly PathString _root = options.Value.Root;

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(_root, StringComparison.OrdinalIgnoreCase)) return next(context);
        if (SignIn(context, out var wait) is { } member)
        {
            context.Features.Set(member);
            return next(context);
        }
        if (wait is { } pause)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        }
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"hash sharing\", charset=\"UTF-8\"";
        return Task.CompletedTask;
    }

    private Member? SignIn(HttpContext context, out TimeSpan? wait)
    {
        wait = null;
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var given)) return null;
        if (!"Basic".Equals(given.Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var credentials = new byte[given.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(given.Parameter ?? "", credentials, out var length)) return null;
        var user = Encoding.UTF8.GetString(credentials.AsSpan(0, length)).Split(':', 2)[0];
        return guesses.SignIn(context.Connection, user, () => members.Find(credentials.AsSpan(0, length)), out wait);
    }
}
