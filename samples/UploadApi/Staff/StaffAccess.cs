using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace UploadApi.Staff;

/// <summary>What only the platform's own people may call: they sign in, and a page elsewhere cannot act in their name.</summary>
internal static class StaffAccess
{
    private const string Role = "staff", Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    public static void AddStaff(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<StaffOptions>(builder.Configuration.GetSection("Staff"));
        builder.Services.AddSingleton<StaffPasswords>();
        builder.Services.AddSingleton<SignInLimits>();
        builder.Services.AddAntiforgery();
        builder.Services.AddAuthentication(Scheme).AddCookie(options =>
        {
            options.Cookie.Name = "staff";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.ExpireTimeSpan = TimeSpan.FromHours(8);
            // The page at /staff asks to sign in; everything else says no.
            options.Events.OnRedirectToLogin = Answer(StatusCodes.Status401Unauthorized);
            options.Events.OnRedirectToAccessDenied = Answer(StatusCodes.Status403Forbidden);
        });
        builder.Services.AddAuthorizationBuilder().AddPolicy(Role, policy => policy.RequireRole(Role));
    }

    public static void UseStaff(this WebApplication app) => app.UseAntiforgery();

    /// <summary>Endpoints for staff. What changes something asks for an antiforgery token, in the form or in the header RequestVerificationToken.</summary>
    public static RouteGroupBuilder MapStaffGroup(this WebApplication app, string prefix)
    {
        var group = app.MapGroup(prefix).RequireAuthorization(Role);
        group.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
                return Results.Problem(title: "The antiforgery token is missing or wrong.", statusCode: StatusCodes.Status400BadRequest);
            var answer = await next(context);
            // A form on the page leads back to the page.
            return http.Request.HasFormContentType && answer is not IStatusCodeHttpResult { StatusCode: >= 400 } ? Results.LocalRedirect("/staff") : answer;
        });
        return group;
    }

    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost("/staff/sign-in", async (
            [FromForm] string? name, [FromForm] string? password, HttpContext context, StaffPasswords passwords, SignInLimits limits, IAntiforgery antiforgery) =>
        {
            var isRight = limits.Check(context.Connection.RemoteIpAddress, () => passwords.Check(name ?? "", password ?? ""));
            if (isRight is null) return Results.Problem(title: "Too many wrong passwords. Wait a minute and try again.", statusCode: StatusCodes.Status429TooManyRequests);
            if (isRight == false)
                return Pages.Show("Staff", StaffPage.SignIn(context, antiforgery, passwords, "That is not right."), StatusCodes.Status401Unauthorized);
            var identity = new ClaimsIdentity([new(ClaimTypes.Name, name!), new(ClaimTypes.Role, Role)], Scheme);
            await context.SignInAsync(Scheme, new ClaimsPrincipal(identity));
            return Results.LocalRedirect("/staff");
        });
        app.MapStaffGroup("/staff").MapPost("/sign-out", (HttpContext context) => context.SignOutAsync(Scheme));
    }

    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> Answer(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };
}
