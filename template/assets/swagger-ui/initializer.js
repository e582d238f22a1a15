// Shows the OpenAPI document of this service. Kept in a file, so that the page runs no inline script.
window.onload = () => {
  SwaggerUIBundle({
    url: "api/v1/openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    persistAuthorization: false,
    validatorUrl: null,
  });
};
