"""What is in front of Streamlit: the wall, the sessions, the farewell, the sign-in page."""

from pages.door import account, leave, new_password, sign_in

ROUTES = [*sign_in.ROUTES, *new_password.ROUTES, *leave.ROUTES]
FOR_PEOPLE_SIGNED_IN = account.ROUTES
