using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Registry.Sharing;

/// <summary>Lets nobody under the protocol's root without a member's name and password, whether the path exists or not.</summary>
internal sealed class MemberAuthentication(RequestDelegate next, MemberDirectory members, IOptions<RegistryOptions> options)
{
    private readonly PathString _root = options.Value.Root;

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(_root, StringComparison.OrdinalIgnoreCase)) return next(context);
        if (SignIn(context.Request.Headers.Authorization) is { } member)
        {
            context.Features.Set(member);
            return next(context);
        }
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"hash sharing\", charset=\"UTF-8\"";
        return Task.CompletedTask;
    }

    private Member? SignIn(string? header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var given) || !"Basic".Equals(given.Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        var credentials = new byte[given.Parameter?.Length ?? 0];
        return Convert.TryFromBase64String(given.Parameter ?? "", credentials, out var length) ? members.Find(credentials.AsSpan(0, length)) : null;
    }
}
